/** Every benchmark, in the order of docs/benchmarks.md: `<name>` is bench/<name>.ts, which exports `benchmark`. */
export const names: readonly string[] = ['start-up', 'first-command', 'size', 'rollback', 'fleet', 'routers', 'compose-switch', 'upload', 'images', 'backup', 'restore', 'migrate', 'slack', 'reports'];
