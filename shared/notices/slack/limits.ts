/**
 * What Slack accepts, all of it in this one table. Lengths are counted in UTF-16 units of what is sent, which is never less than
 * what Slack counts. Sources: `blocks` docs.slack.dev/reference/block-kit/blocks, `objects` .../composition-objects,
 * `elements` .../block-elements, `types` the comments in @slack/types 3.2, `post` docs.slack.dev/reference/methods/chat.postMessage,
 * `seen` github.com/slackapi/bolt-js/issues/2509 (not documented; 13,172 with several blocks), `ours` our own, where Slack names none.
 */
export interface Limit {
  /** The type of a block or an element, or `message`. */
  readonly of: string;
  /** Where in it: names with dots, `[]` for each of a list. */
  readonly at: string;
  readonly most: number;
  readonly unit: 'characters' | 'items';
  /** Beyond the limit an item or text is cut; an address or identifier cannot be, so what holds it goes. */
  readonly beyond: 'cut' | 'drop';
  readonly source: 'blocks' | 'objects' | 'elements' | 'types' | 'post' | 'seen' | 'ours';
}

export const LIMITS: readonly Limit[] = [
  { of: 'message', at: 'blocks', most: 50, unit: 'items', beyond: 'cut', source: 'blocks' },
  { of: 'message', at: 'text', most: 4_000, unit: 'characters', beyond: 'cut', source: 'post' },
  { of: 'header', at: 'text.text', most: 150, unit: 'characters', beyond: 'cut', source: 'blocks' },
  { of: 'section', at: 'text.text', most: 3_000, unit: 'characters', beyond: 'cut', source: 'blocks' },
  { of: 'section', at: 'fields', most: 10, unit: 'items', beyond: 'cut', source: 'blocks' },
  { of: 'section', at: 'fields[].text', most: 2_000, unit: 'characters', beyond: 'cut', source: 'blocks' },
  { of: 'context', at: 'elements', most: 10, unit: 'items', beyond: 'cut', source: 'blocks' },
  { of: 'context', at: 'elements[].text', most: 3_000, unit: 'characters', beyond: 'cut', source: 'objects' },
  { of: 'actions', at: 'elements', most: 25, unit: 'items', beyond: 'cut', source: 'types' },
  { of: 'button', at: 'text.text', most: 75, unit: 'characters', beyond: 'cut', source: 'elements' },
  { of: 'button', at: 'url', most: 3_000, unit: 'characters', beyond: 'drop', source: 'elements' },
  { of: 'button', at: 'value', most: 2_000, unit: 'characters', beyond: 'cut', source: 'elements' },
  { of: 'button', at: 'accessibility_label', most: 75, unit: 'characters', beyond: 'cut', source: 'elements' },
  { of: 'button', at: 'action_id', most: 255, unit: 'characters', beyond: 'drop', source: 'elements' },
  { of: 'image', at: 'image_url', most: 3_000, unit: 'characters', beyond: 'drop', source: 'blocks' },
  { of: 'image', at: 'alt_text', most: 2_000, unit: 'characters', beyond: 'cut', source: 'blocks' },
  { of: 'image', at: 'title.text', most: 2_000, unit: 'characters', beyond: 'cut', source: 'blocks' },
  { of: 'markdown', at: 'text', most: 12_000, unit: 'characters', beyond: 'cut', source: 'blocks' },
  { of: 'video', at: 'title.text', most: 199, unit: 'characters', beyond: 'cut', source: 'blocks' },
  { of: 'table', at: 'rows', most: 100, unit: 'items', beyond: 'cut', source: 'blocks' },
  { of: 'table', at: 'rows[]', most: 20, unit: 'items', beyond: 'cut', source: 'blocks' },
];

/** Identifiers of blocks: characters, and no two of a message alike. */
export const LONGEST_BLOCK_ID = 255;

/**
 * What the blocks of a message may weigh together (`seen`): the characters of their JSON, and so many more for each as Slack adds. It is
 * the one reading that fits 13,297 characters in one block and 13,172 beside a divider; both weigh 13,434, and a little room is left.
 */
export const HEAVIEST_BLOCKS = 13_300;
export const ADDED_TO_EACH_BLOCK = 106;

/** Characters of the metadata of one message, as JSON (`ours`: Slack publishes no figure and answers `metadata_too_large`). */
export const LONGEST_METADATA = 4_000;

/** Types of block that a message may hold; `alert`, `input` and the like are for modals only, whatever the types say. */
export const BLOCK_TYPES: readonly string[] = [
  'actions', 'context', 'context_actions', 'divider', 'file', 'header', 'image', 'markdown', 'plan', 'rich_text', 'section', 'table', 'task_card', 'video',
];

/** Members that a block must have; a section needs `text` or `fields`. */
export const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  actions: ['elements'], context: ['elements'], header: ['text'], image: ['alt_text'], markdown: ['text'], rich_text: ['elements'], table: ['rows'],
  video: ['alt_text', 'title', 'thumbnail_url', 'video_url'],
};
