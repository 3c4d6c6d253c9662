// Block Kit in messages, as of late 2026: types and limits of @slack/types 3.2 and docs.slack.dev/reference/block-kit; what a notice
// never holds (inputs, menus other than overflow) is refused as unsupported.
import { address, anyOf, byType, type Fault, flag, isObject, list, number, object, oneOf, optional, type Rule, text } from './rules.ts';

const MOST_BLOCKS = 50;
/**
 * Characters of all blocks as JSON, and what Slack adds to each: undocumented, and the one pair that fits what was measured. 13,297 of
 * markdown in one block were taken and 13,172 beside a divider (slackapi/bolt-js#2509); 11,341 in many small texts were too many (#2867).
 */
const LARGEST_IN_ALL = 13_434;
const ADDED_TO_EACH = 106;
/** Of all markdown blocks of a message together. */
const LONGEST_MARKDOWN = 12_000;

const is = (type: string): Rule => oneOf(type);
const plain = (longest = 3000): Rule => object({ type: is('plain_text'), text: text(longest), emoji: optional(flag) });
const mrkdwn = (longest = 3000): Rule => object({ type: is('mrkdwn'), text: text(longest), verbatim: optional(flag) });
const either = (longest = 3000): Rule => byType(() => ({ plain_text: plain(longest), mrkdwn: mrkdwn(longest) }));
const block = (type: string, members: Readonly<Record<string, Rule>>, also?: Parameters<typeof object>[1]): Rule => object({ type: is(type), block_id: optional(text(255)), ...members }, also);
const element = (type: string, members: Readonly<Record<string, Rule>>): Rule => object({ type: is(type), action_id: optional(text(255)), ...members });

const confirm = object({ title: optional(plain(100)), text: either(300), confirm: optional(plain(30)), deny: optional(plain(30)), style: optional(oneOf('primary', 'danger')) });
const slackFile = object({ id: optional(text(255)), url: optional(address()) }, anyOf('id', 'url'));
const image = object({ type: is('image'), alt_text: text(2000, 0), image_url: optional(address()), slack_file: optional(slackFile) }, anyOf('image_url', 'slack_file'));
const button = element('button', {
  text: plain(75), value: optional(text(2000)), url: optional(address()), style: optional(oneOf('primary', 'danger')), accessibility_label: optional(text(75)), confirm: optional(confirm),
});
const option = object({ text: plain(75), value: optional(text(75)), url: optional(address()), description: optional(plain(75)) });
const overflow = element('overflow', { options: list(option, 5), confirm: optional(confirm) });
const workflowButton = element('workflow_button', {
  text: plain(75), style: optional(oneOf('primary', 'danger')), accessibility_label: optional(text(75)), confirm: optional(confirm),
  workflow: object({ trigger: object({ url: address(), customizable_input_parameters: optional(list(object({ name: text(255), value: text(3000) }), 50)) }) }),
});

const style = optional(object({ bold: optional(flag), italic: optional(flag), strike: optional(flag), underline: optional(flag), code: optional(flag), highlight: optional(flag), client_highlight: optional(flag), unlink: optional(flag) }));
const inline = byType(() => ({
  text: object({ type: is('text'), text: text(13_200), style }),
  link: object({ type: is('link'), url: address(), text: optional(text(3000)), unsafe: optional(flag), style }),
  emoji: object({ type: is('emoji'), name: text(255), unicode: optional(text(255)), url: optional(address()), style }),
  user: object({ type: is('user'), user_id: text(255), style }),
  usergroup: object({ type: is('usergroup'), usergroup_id: text(255), style }),
  channel: object({ type: is('channel'), channel_id: text(255), style }),
  broadcast: object({ type: is('broadcast'), range: oneOf('here', 'channel', 'everyone'), style }),
  date: object({ type: is('date'), timestamp: number, format: text(255), url: optional(address()), fallback: optional(text(255)), style }),
  color: object({ type: is('color'), value: text(255), style }),
}));
const richSection = object({ type: is('rich_text_section'), elements: list(inline, 1000, 0) });
const richText = block('rich_text', {
  elements: list(byType(() => ({
    rich_text_section: richSection,
    rich_text_quote: object({ type: is('rich_text_quote'), elements: list(inline, 1000, 0), border: optional(number) }),
    rich_text_preformatted: object({ type: is('rich_text_preformatted'), elements: list(inline, 1000, 0), border: optional(number), language: optional(text(255)) }),
    rich_text_list: object({ type: is('rich_text_list'), elements: list(richSection, 1000), style: oneOf('bullet', 'ordered'), indent: optional(number), offset: optional(number), border: optional(number) }),
  })), 1000),
});

const taskCard = block('task_card', {
  task_id: text(255), title: text(3000), details: optional(richText), output: optional(richText), status: oneOf('pending', 'in_progress', 'complete', 'error'),
  sources: optional(list(object({ type: is('url'), url: address(), text: text(3000) }), 100)),
});
const card = block('card', {
  hero_image: optional(image), icon: optional(image), title: optional(either(150)), subtitle: optional(either(150)), body: optional(either(200)), actions: optional(list(button, 3)),
}, anyOf('hero_image', 'title', 'actions', 'body'));
const cell = byType(() => ({
  rich_text: richText, raw_text: object({ type: is('raw_text'), text: text(3000) }), raw_number: object({ type: is('raw_number'), value: number, text: text(3000) }),
}));

const plainBlocks = {
  actions: block('actions', { elements: list(byType(() => ({ button, overflow, workflow_button: workflowButton })), 25) }),
  context: block('context', { elements: list(byType(() => ({ image, plain_text: plain(), mrkdwn: mrkdwn() })), 10) }),
  divider: block('divider', {}),
  header: block('header', { text: plain(150) }),
  image: block('image', { alt_text: text(2000), image_url: optional(address()), slack_file: optional(slackFile), title: optional(plain(2000)) }, anyOf('image_url', 'slack_file')),
  rich_text: richText,
  section: block('section', {
    text: optional(either()), fields: optional(list(either(2000), 10)), expand: optional(flag),
    accessory: optional(byType(() => ({ button, overflow, image, workflow_button: workflowButton }))),
  }, anyOf('text', 'fields')),
  table: block('table', {
    rows: list(list(cell, 20), 100), column_settings: optional(list(object({ align: optional(oneOf('left', 'center', 'right')), is_wrapped: optional(flag) }), 20)),
  }),
};

// Not `alert`: it is in the types, and for modals alone (slackapi/node-slack-sdk#2567).
const inMessages: Readonly<Record<string, Rule>> = {
  ...plainBlocks,
  card,
  carousel: block('carousel', { elements: list(card, 10) }),
  container: block('container', {
    title: optional(plain(150)), rich_text_title: optional(richText), subtitle: optional(either(150)), child_blocks: list(byType(() => plainBlocks), 10),
    width: optional(oneOf('narrow', 'standard', 'wide', 'full')), icon: optional(image), is_collapsible: optional(flag), default_collapsed: optional(flag), has_header_divider: optional(flag),
  }, anyOf('title', 'rich_text_title')),
  markdown: block('markdown', { text: text(LONGEST_MARKDOWN) }),
  plan: block('plan', { title: text(3000), tasks: optional(list(taskCard, 50)) }),
  task_card: taskCard,
  video: block('video', {
    video_url: address(3000, ['https:']), thumbnail_url: address(), alt_text: text(2000), title: plain(199), title_url: optional(address(3000, ['https:'])),
    author_name: optional(text(49)), provider_name: optional(text(49)), provider_icon_url: optional(address()), description: optional(plain(200)),
  }),
};

const blockList = list(byType(() => inMessages), MOST_BLOCKS, 0);

/** What is wrong with the blocks of a message, by type, limit and uniqueness. */
export function faultsOfBlocks(blocks: unknown, pointer = '/blocks'): readonly Fault[] {
  const faults = blockList(blocks, pointer);
  return faults.length > 0 || !Array.isArray(blocks) ? faults : [...repeatedIds(blocks, pointer), ...onceOnly(blocks, pointer), ...markdownInAll(blocks, pointer)];
}

/** Whether blocks that are each right are too much together. */
export function isTooMuch(blocks: readonly unknown[]): boolean {
  return JSON.stringify(blocks).length + blocks.length * ADDED_TO_EACH > LARGEST_IN_ALL;
}

function repeatedIds(blocks: readonly unknown[], pointer: string): Fault[] {
  const seen = new Set<unknown>();
  return blocks.flatMap((one, index): Fault[] => {
    const id = isObject(one) ? one['block_id'] : undefined;
    if (id === undefined || !seen.has(id)) return seen.add(id), [];
    return [{ pointer: `${pointer}/${index}/block_id`, code: 'failed_constraint', message: '`block_id` already exists', constraint: { type: 'unique', got: id } }];
  });
}

function onceOnly(blocks: readonly unknown[], pointer: string): Fault[] {
  const tables = blocks.filter((one) => isObject(one) && one['type'] === 'table').length;
  return tables > 1 ? [{ pointer, code: 'failed_constraint', message: 'only_one_table_allowed', constraint: { type: 'max_items', expected: 1, got: tables } }] : [];
}

function markdownInAll(blocks: readonly unknown[], pointer: string): Fault[] {
  const length = blocks.reduce<number>((sum, one) => sum + (isObject(one) && one['type'] === 'markdown' ? String(one['text']).length : 0), 0);
  return length > LONGEST_MARKDOWN ? [{ pointer, code: 'failed_constraint', message: `markdown must be less than ${LONGEST_MARKDOWN + 1} characters in all`, constraint: { type: 'max_length', expected: LONGEST_MARKDOWN, got: length } }] : [];
}
