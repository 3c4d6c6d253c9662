import type { HttpAnswer, HttpRequest } from './http-exchange.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const ANONYMOUS = new Set(['user-agent', 'accept', 'accept-encoding', 'accept-language', 'cache-control', 'content-type']);

/**
 * The request a redirect asks for, undefined when the answer is none, or why it must not be followed.
 * Another origin gets neither our headers nor our body; https never becomes http; with `isBound` (the connection goes to an
 * address of its own, a slot say) no other origin is asked, as it would be asked at the wrong place.
 */
export function redirected(request: HttpRequest, answer: HttpAnswer, isBound: boolean): { request: HttpRequest } | { halt: string } | undefined {
  const { location } = answer.headers;
  if (!REDIRECTS.has(answer.status) || location === undefined) return undefined;
  const url = URL.parse(location, request.url.href);
  if (url === null || !/^https?:$/.test(url.protocol)) return { halt: 'not followed: it does not lead to an HTTP address' };
  if (request.url.protocol === 'https:' && url.protocol === 'http:') return { halt: 'not followed: it leads from https to http' };
  const isSameOrigin = url.origin === request.url.origin;
  if (isBound && !isSameOrigin) return { halt: 'not followed: it leads away from the address this check is bound to' };
  return { request: onward(request, url, answer.status, isSameOrigin) };
}

function onward(request: HttpRequest, url: URL, status: number, isSameOrigin: boolean): HttpRequest {
  const keepsMethod = status === 307 || status === 308 || ['GET', 'HEAD'].includes(request.method);
  const headers = Object.entries(request.headers).filter(([name]) => isSameOrigin || ANONYMOUS.has(name));
  return {
    ...request,
    url,
    method: keepsMethod ? request.method : 'GET',
    body: keepsMethod && isSameOrigin ? request.body : undefined,
    headers: { ...Object.fromEntries(headers), ...(isSameOrigin ? {} : { host: url.host }) },
  };
}
