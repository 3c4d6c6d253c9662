// ssh2 asks for __dirname, which a bundle in ESM form does not have; imported before ssh2 is loaded.
(globalThis as { __dirname?: string }).__dirname ??= import.meta.dirname;
