import { html, mrkdwnHtml, textHtml } from './page-text.ts';
import { STYLE } from './page-style.ts';
import { isObject } from './rules.ts';
import type { Content, Message } from './workspace.ts';

/** A moment to show: a message as it looked, and what its thread held by then. */
export interface Scene {
  /** Such as `2.0.0, 4 s after the start: the switch`. */
  readonly moment: string;
  readonly channel: string;
  readonly message: Shown;
  readonly thread: readonly Shown[];
}

/** A message at one time: what it said, and the `ts` it was posted at. */
export interface Shown extends Content {
  readonly ts: string;
  readonly files?: readonly string[];
}

type Members = Readonly<Record<string, unknown>>;

/** A page of HTML that shows messages about as Slack does on a phone; it fetches nothing. */
export function pageOf({ title, about, sender, scenes }: { readonly title: string; readonly about: string; readonly sender: string; readonly scenes: readonly Scene[] }): string {
  const body = scenes.map((scene) => `<p class="moment">${html(scene.moment)}</p>\n<div class="screen">${sceneHtml(scene, sender)}</div>`).join('\n');
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${html(title)}</title><style>${STYLE}</style></head>
<body><h1>${html(title)}</h1><p class="about">${html(about)}</p>
${body}
<p class="about"></p></body></html>
`;
}

/** What a message said by a moment: its last version up to the `ts`; undefined before it was posted. */
export function asOf(message: Message, ts: string): Shown | undefined {
  const version = message.versions.findLast((_, index) => (message.at[index] ?? '') <= ts);
  return version && { ...version, ts: message.ts, files: message.files };
}

function sceneHtml({ channel, message, thread }: Scene, sender: string): string {
  const replies = thread.length === 0 ? '' : `<div class="thread"><div class="replies">${thread.length} ${thread.length === 1 ? 'reply' : 'replies'}</div>${thread.map((reply) => messageHtml(reply, sender)).join('')}</div>`;
  return `<div class="channel"># ${html(channel)}</div>${messageHtml(message, sender)}${replies}`;
}

function messageHtml({ ts, text, blocks, files = [] }: Shown, sender: string): string {
  const when = new Date(Number(ts) * 1_000).toISOString().slice(11, 16);
  const content = blocks === undefined ? `<div class="section">${mrkdwnHtml(text)}</div>` : blocks.map((block) => (isObject(block) ? blockHtml(block) : '')).join('');
  const shared = files.map((file) => `<div class="file">📄 ${html(file)}</div>`).join('');
  return `<div class="message"><div class="avatar">${html(sender.charAt(0))}</div><div class="body"><span class="who">${html(sender)}</span><span class="app">APP</span><span class="when">${when}</span>${content}${shared}</div></div>`;
}

const drawings: Readonly<Record<string, (block: Members) => string>> = {
  header: ({ text }) => `<div class="header">${objectHtml(text)}</div>`,
  section: ({ text, fields, accessory }) => [
    text === undefined ? '' : `<div class="section">${objectHtml(text)}</div>`,
    Array.isArray(fields) ? `<div class="fields">${fields.map((field: unknown) => `<div>${objectHtml(field)}</div>`).join('')}</div>` : '',
    accessory === undefined ? '' : elementHtml(accessory),
  ].join(''),
  context: ({ elements }) => `<div class="context">${each(elements).map((one) => elementHtml(one)).join(' ')}</div>`,
  actions: ({ elements }) => `<div class="actions">${each(elements).map((one) => elementHtml(one)).join('')}</div>`,
  divider: () => '<hr>',
  image: ({ alt_text: alt }) => `<div class="file">🖼 ${textHtml({ type: 'plain_text', text: String(alt as string) })}</div>`,
  markdown: ({ text }) => `<div class="section">${mrkdwnHtml(String(text as string))}</div>`,
};

// A block that is not drawn is named, so that nobody takes the picture for the whole.
function blockHtml(block: Members): string {
  return drawings[String(block['type'] as string)]?.(block) ?? `<div class="context">[${html(String(block['type'] as string))}]</div>`;
}

function elementHtml(element: unknown): string {
  if (!isObject(element)) return '';
  if (element['type'] !== 'button') return element['type'] === 'image' ? '🖼' : objectHtml(element);
  const style = typeof element['style'] === 'string' ? ` ${html(element['style'])}` : '';
  return `<a class="button${style}" href="${html(typeof element['url'] === 'string' ? element['url'] : '#')}">${objectHtml(element['text'])}</a>`;
}

function objectHtml(value: unknown): string {
  return isObject(value) ? textHtml(value as { type?: string; text?: string }) : '';
}

function each(elements: unknown): readonly unknown[] {
  return Array.isArray(elements) ? elements : [];
}
