/** Settles `heard` when the text has come; `listen` is to be given to whatever speaks. */
export function awaitText(text: string): { readonly heard: Promise<void>; listen(chunk: Buffer): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let said = '';
  return {
    heard: promise,
    listen(chunk) {
      said += chunk.toString();
      if (said.includes(text)) resolve();
    },
  };
}
