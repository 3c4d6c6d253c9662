// Kinds of tests are told by suffix: *.test.ts is pure and quick, *.itest.ts runs real servers on loopback.
export default {
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts', '**/*.itest.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/build/', '/.tools/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/build/', '<rootDir>/.tools/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/strip-types.js' },
  testSequencer: '<rootDir>/test/longest-first.js',
  testTimeout: 240_000,
};
