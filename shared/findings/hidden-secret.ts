import { createHmac } from 'node:crypto';

/** Has a secret that a scanner found hidden from everything printed from now on, and returns its keyed hash. */
export type HideSecret = (value: string) => string;

/**
 * Hides secrets by `mask` and names them by a keyed hash: the same secret has the same name in every report and run, and
 * nobody without the key can try out values against it. The repository's name will do as a key, but then who knows it can.
 */
export function secretHider(mask: (value: string) => void, key: string): HideSecret {
  return (value) => {
    mask(value);
    return createHmac('sha256', key).update(value.trim()).digest('hex').slice(0, 32);
  };
}

/** Whether the scanner blotted the value out itself, wholly or in part: then it names no secret, and two of them are not the same. */
export function isBlotted(value: string): boolean {
  return !isTelling(value) || /[*•]{3}|x{8}|\.{3}$|…/i.test(value);
}

/** Whether a value has anything of a secret in it: what is partly blotted out still has. */
export function isTelling(value: string): boolean {
  return value.replace(/[^\p{L}\p{N}]/gu, '').length >= 2 && !/^\W*(?:redacted|censored|hidden|masked)\W*$/i.test(value);
}
