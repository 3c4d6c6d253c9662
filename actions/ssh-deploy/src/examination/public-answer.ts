import { messageOf } from '#shared/core/errors';

const LIMIT = 10_000;

/** What a public address answers to the runner: a status, or why there was none. A redirect is an answer. Never rejects. */
export async function askPublicly(url: string, signal: AbortSignal): Promise<{ readonly status?: number; readonly error?: string }> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT)]) });
    await response.body?.cancel();
    return { status: response.status };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return { error: messageOf(cause) || (cause as { readonly code?: string }).code || 'the connection failed' };
  }
}
