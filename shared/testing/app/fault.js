/** How this release misbehaves: `{ kind, ms }`, kind 'none' for a sound one. Throws on a fault it does not know, so that a mistyped test fails. */
export function parseFault(text = '') {
  const fault = /^(unhealthy|flawed|crash-on-start|(?:slow-start|sick-after|ailing-after):(\d+))?$/.exec(text);
  if (fault === null) throw new Error(`FAULT says "${text}". Accepted: unhealthy, flawed, crash-on-start, slow-start:MS, sick-after:MS, ailing-after:MS.`);
  return { kind: fault[1]?.split(':')[0] ?? 'none', ms: Number(fault[2] ?? 0) };
}
