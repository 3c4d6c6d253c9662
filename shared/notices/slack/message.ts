/** A block of Slack's Block Kit; what it may hold is in limits.ts. */
export interface Block {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** What is shown: the blocks, and the text for notifications and screen readers. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** A text that Slack formats; names and addresses in it are left alone. */
export function mrkdwn(text: string): { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true } {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** A text that is only shown; what would call somebody in a formatted text is broken up besides, without a visible trace. */
export function plain(text: string, emoji = false): { readonly type: 'plain_text'; readonly text: string; readonly emoji: boolean } {
  return { type: 'plain_text', text: text.replace(/<(?=[!@#])/g, '<\u2060'), emoji };
}

/** A paragraph. */
export function section(text: string): Block {
  return { type: 'section', text: mrkdwn(text) };
}

/** A line in small grey letters. */
export function context(text: string): Block {
  return { type: 'context', elements: [mrkdwn(text)] };
}
