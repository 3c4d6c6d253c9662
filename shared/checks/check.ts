import type { Duplex } from 'node:stream';
import type { Secret } from '#shared/core/secret';
import type { Verdict } from '#shared/core/verdict';

/** What a connection goes to: a TCP port or a unix socket. */
export type Address = { readonly host: string; readonly port: number } | { readonly socket: string };

/** Where a check looks from: the machine that runs the job, or the server, over SSH. */
export type Vantage = 'runner' | 'server';

/** What is asked and expected, as data. Times are milliseconds, sizes bytes. */
export type Check = HttpCheck | TcpCheck | CommandCheck;

interface Named {
  readonly name: string;
  /** For one attempt; without it the context's own limit holds. */
  readonly timeout?: number | undefined;
}

/** One HTTP request and what its answer must be. TLS is verified unless `insecure`; redirects are not followed unless allowed. */
export interface HttpCheck extends Named {
  readonly kind: 'http';
  readonly url: string;
  readonly method?: string | undefined;
  /** Values are never shown, and struck out of everything the answer repeats. */
  readonly headers?: Readonly<Record<string, Secret>> | undefined;
  readonly body?: Secret | undefined;
  /** The Host header, and over TLS the name that is asked for and verified, in place of the URL's own. */
  readonly host?: string | undefined;
  /** How many redirects may be followed; 0 by default. */
  readonly followRedirects?: number | undefined;
  readonly insecure?: boolean | undefined;
  /** How much of the body is read; 1 MiB by default. */
  readonly bodyLimit?: number | undefined;
  readonly from?: Vantage | undefined;
  /** Where to connect in place of the URL's host and port: a slot's socket, say. */
  readonly connectTo?: Address | undefined;
  readonly expect?: HttpExpectations | undefined;
}

/** What the last answer of an HTTP check must be; a status outside `status` (2xx by default) always fails. */
export interface HttpExpectations {
  readonly status?: readonly StatusRange[] | undefined;
  readonly headers?: readonly HeaderExpectation[] | undefined;
  readonly text?: readonly string[] | undefined;
  readonly matches?: readonly string[] | undefined;
  readonly json?: readonly JsonExpectation[] | undefined;
  /** From the first packet to the last byte, redirects included. */
  readonly maxResponseTime?: number | undefined;
  readonly version?: VersionExpectation | undefined;
}

/** Statuses from `first` to `last`, both included. */
export interface StatusRange {
  readonly first: number;
  readonly last: number;
}

/** A header that must be there and hold a text (in any case) or match a pattern. */
export interface HeaderExpectation {
  readonly name: string;
  readonly text?: string | undefined;
  readonly matches?: string | undefined;
}

/** What an RFC 9535 path must select: at least one value, each of which equals or matches; `exists: false` wants none. */
export interface JsonExpectation {
  readonly path: string;
  readonly equals?: unknown;
  readonly matches?: string | undefined;
  readonly exists?: boolean | undefined;
}

/** The version an answer must come from, and where it says so: a header, or a JSON path of the body. */
export interface VersionExpectation {
  readonly equals: string;
  readonly header?: string | undefined;
  readonly jsonPath?: string | undefined;
}

/** A TCP connection that opens, stays open, and greets with `banner` if one is expected. */
export interface TcpCheck extends Named {
  readonly kind: 'tcp';
  readonly address: Address;
  readonly from?: Vantage | undefined;
  readonly banner?: string | undefined;
}

/** A command on the server: a shell line, or a program with its arguments. */
export interface CommandCheck extends Named {
  readonly kind: 'command';
  readonly command: string | readonly string[];
  readonly exitCode?: number | undefined;
  readonly text?: readonly string[] | undefined;
  readonly matches?: readonly string[] | undefined;
}

/**
 * What one or more attempts at a check found.
 *
 * The rule of verdicts:
 * - `pass`: the thing was measured, this time, and is as expected.
 * - `fail`: it was measured and is otherwise, or it had its chance to answer and did not: refused, reset, timed out, no such
 *   name, bad certificate, wrong status, unreadable or missing value, wrong version.
 * - `inconclusive`: evidence is missing and the thing measured is not what withheld it: the resolver did not answer, the runner
 *   has no route or no free socket, the SSH connection could not be made or dropped, forwarding is forbidden, the job was
 *   cancelled, our own body limit cut off what was to be searched, or a pattern took too long.
 * No check at all is inconclusive too. Only `pass` is a pass.
 */
export interface CheckResult {
  readonly name: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly evidence: Evidence;
  readonly durationMs: number;
  readonly attempts: number;
}

/** What one attempt found. `answered` tells a wrong answer from none; `isFinal` that trying again cannot change it. */
export interface Attempt {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly evidence: Evidence;
  readonly answered: boolean;
  readonly isFinal?: boolean;
}

/** What was seen, fit to be shown: secrets of the request are struck out, and long or unprintable text is cut and escaped. */
export interface Evidence {
  readonly target?: string;
  readonly address?: string | undefined;
  readonly status?: number;
  readonly location?: string | undefined;
  readonly version?: string | undefined;
  readonly body?: string;
  readonly responseMs?: number;
  readonly exitCode?: number;
  readonly output?: string;
}

/** What a check needs of an SSH connection to a server. */
export interface Server {
  readonly label: string;
  exec(command: string, options?: { readonly signal?: AbortSignal }): Promise<{ code: number; stdout: string; stderr: string }>;
  openSocket(path: string): Promise<Duplex>;
  openPort(host: string, port: number): Promise<Duplex>;
}

/** Where checks run: how they reach the server, if they may, and what ends them. */
export interface CheckContext {
  readonly signal: AbortSignal;
  /** Milliseconds one attempt may take. */
  readonly attemptTimeout: number;
  /** The connection to the server, opened when first asked for. A UserError from it ends the check as inconclusive. */
  readonly server?: (() => Promise<Server>) | undefined;
}
