// util.inspect.custom, which is documented to be this symbol; so node:util need not be loaded.
const inspected: unique symbol = Symbol.for('nodejs.util.inspect.custom') as typeof inspected;

/** A value that prints as `[redacted]` wherever it is logged, stringified or serialised; only `reveal()` gives it out. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the one place that needs it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  [inspected](): string {
    return '[redacted]';
  }
}
