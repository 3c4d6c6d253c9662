import { faultsOfBlocks, isTooMuch } from './block-kit.ts';
import { type Answer, refused } from './call.ts';
import { type Fault, isObject } from './rules.ts';
import type { Content, Metadata } from './workspace.ts';

/** Characters after which Slack cuts a text that is posted, and refuses one that is changed. */
const LONGEST_TEXT = 40_000;
/** Attachments a message may have. */
const MOST_ATTACHMENTS = 100;
/** Bytes of metadata as JSON; Slack names the error and no figure, so this is on the safe side. */
const LARGEST_METADATA = 16_000;

/** What a message would say, or why Slack refuses it. */
export function contentOf(args: Readonly<Record<string, unknown>>, { mayCut }: { readonly mayCut: boolean }): { readonly content: Content } | { readonly refusal: Answer } {
  const { text = '', blocks, attachments, metadata } = args;
  const refusal = refusedText(text, mayCut) ?? refusedBlocks(blocks) ?? refusedAttachments(attachments) ?? refusedMetadata(metadata) ?? refusedNothing(args);
  if (refusal !== undefined) return { refusal };
  return {
    content: {
      text: String(text).slice(0, LONGEST_TEXT),
      ...(Array.isArray(blocks) && blocks.length > 0 && { blocks }),
      ...(Array.isArray(attachments) && { attachments }),
      ...(isMetadata(metadata) && { metadata }),
    },
  };
}

/** A refusal of blocks as the Web API words it. */
export function invalidBlocks(faults: readonly Fault[]): Answer {
  const errors = faults.map(({ message, pointer }) => `${message} [json-pointer:${pointer}]`);
  return refused('invalid_blocks', { errors, response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) } });
}

function refusedText(text: unknown, mayCut: boolean): Answer | undefined {
  if (typeof text !== 'string') return refused('invalid_arguments', { response_metadata: { messages: ['[ERROR] must be a string [json-pointer:/text]'] } });
  return text.length > LONGEST_TEXT && !mayCut ? refused('msg_too_long') : undefined;
}

function refusedBlocks(blocks: unknown): Answer | undefined {
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks)) return refused('invalid_blocks_format');
  const faults = faultsOfBlocks(blocks);
  if (faults.length > 0) return invalidBlocks(faults);
  return isTooMuch(blocks) ? refused('msg_blocks_too_long') : undefined;
}

function refusedAttachments(attachments: unknown): Answer | undefined {
  if (attachments === undefined) return undefined;
  if (!Array.isArray(attachments)) return refused('invalid_attachments');
  if (attachments.length > MOST_ATTACHMENTS) return refused('too_many_attachments');
  const faults = attachments.flatMap((one: unknown, index) => (isObject(one) && one['blocks'] !== undefined ? faultsOfBlocks(one['blocks'], `/attachments/${index}/blocks`) : []));
  return faults.length > 0 ? invalidBlocks(faults) : undefined;
}

function refusedMetadata(metadata: unknown): Answer | undefined {
  if (metadata === undefined || (isObject(metadata) && Object.keys(metadata).length === 0)) return undefined;
  if (!isMetadata(metadata)) return refused('invalid_metadata_format');
  if (!Object.values(metadata.event_payload).every(isPayloadValue)) return refused('invalid_metadata_schema');
  return Buffer.byteLength(JSON.stringify(metadata)) > LARGEST_METADATA ? refused('metadata_too_large') : undefined;
}

function refusedNothing({ text = '', blocks, attachments }: Readonly<Record<string, unknown>>): Answer | undefined {
  const isEmpty = (value: unknown): boolean => !Array.isArray(value) || value.length === 0;
  return text === '' && isEmpty(blocks) && isEmpty(attachments) ? refused('no_text') : undefined;
}

function isMetadata(value: unknown): value is Metadata {
  return isObject(value) && typeof value['event_type'] === 'string' && /^\w+$/.test(value['event_type']) && isObject(value['event_payload']);
}

// As MessageMetadata of @slack/types has it: scalars, flat objects and lists of flat objects.
function isPayloadValue(value: unknown): boolean {
  const isScalar = (one: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof one);
  const isFlat = (one: unknown): boolean => isObject(one) && Object.values(one).every(isScalar);
  return isScalar(value) || isFlat(value) || (Array.isArray(value) && value.every((one) => isFlat(one) || isScalar(one)));
}
