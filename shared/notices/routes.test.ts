import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { mentionsOf } from './mention.ts';
import { isQuiet, type QuietHours } from './quiet-hours.ts';
import { parseRoutes } from './routes.ts';
import { routesSchema } from './routes-schema.ts';
import { listenersOf, rulingsOn } from './routing.ts';

const example = (name: string): string => readFileSync(new URL(`../../examples/notices/${name}`, import.meta.url), 'utf8');

describe('a routing file', () => {
  test('of the examples is read', () => {
    expect(parseRoutes(parse(example('routes.yml'))).routes.length).toBeGreaterThan(2);
  });

  test('has the schema that editors are given', () => {
    expect(JSON.parse(example('routes.schema.json'))).toEqual(JSON.parse(JSON.stringify(routesSchema())));
  });

  const to = { slack: 'C024BE91L' };
  test.each([
    ['', 'the file: accepted are the keys people, routes'],
    ['routes: []', 'routes: accepted is a list with one route at least'],
    ['route: []', 'the file: there is no key route; the nearest is routes'],
    ['routes: [{}]', 'routes[0].to is missing: it names the channels, such as "slack: C024BE91L"'],
    ['routes: [{ to: { email: a@b.example } }]', 'routes[0].to: there is no key email; accepted are slack, mention'],
    ['routes: [{ to: { slack: deploys } }]', 'routes[0].to.slack: accepted is a channel\'s ID such as C024BE91L, or default for the one of the step'],
    ['routes: [{ to: { slack: C024BE91L, mention: "<!here>" } }]', 'routes[0].to.mention: "<!here>" is neither @here, @channel, a Slack ID such as U024BE7LH or S0604QSJC, nor a GitHub login'],
    ['routes: [{ events: [fail], to: { slack: C024BE91L } }]', 'routes[0].events[0]: there is no event fail; the nearest is failed'],
    ['routes: [{ severity: high, to: { slack: C024BE91L } }]', 'routes[0].severity: accepted is one of info, warning, critical'],
    ['routes: [{ environments: [1], to: { slack: C024BE91L } }]', 'routes[0].environments: accepted is text, or a list of texts; what YAML reads otherwise goes into quotes'],
    ['routes: [{ only-on-change: yes, to: { slack: C024BE91L } }]', 'routes[0].only-on-change: accepted is true or false'],
    ['routes: [{ quiet: { from: 22:00, to: "7:00", zone: UTC }, to: { slack: C024BE91L } }]', 'routes[0].quiet.to: accepted is a time of day in quotes, such as "22:30"'],
    ['routes: [{ quiet: { from: "22:00", to: "07:00", zone: Mars }, to: { slack: C024BE91L } }]', 'routes[0].quiet.zone: accepted is a time zone such as Europe/Berlin or UTC'],
    ['{ people: { ada: ada }, routes: [{ to: { slack: C024BE91L } }] }', 'people: ada: accepted is a Slack ID such as U024BE7LH (of a person) or S0604QSJC (of a group)'],
  ])('%s: %s', (yaml, message) => {
    expect(() => parseRoutes(parse(yaml))).toThrow(message);
  });

  const subject = { event: 'failed', environment: 'review-7', severity: 'critical', service: 'shop' } as const;
  const heard = (route: object, about: object = {}): readonly string[] => {
    const { routes } = parseRoutes({ routes: [{ ...route, to: { ...to, mention: '@here' } }, { services: 'other', to }] });
    return rulingsOn(routes, { ...subject, ...about }, new Date('2026-11-21T23:30:00Z')).map(({ verdict }) => verdict);
  };

  test.each([
    [{}, 'yes'], [{ environments: 'review-*' }, 'yes'], [{ environments: ['production', 'review-7'] }, 'yes'], [{ severity: 'critical' }, 'yes'], [{ services: 'sh?p' }, 'no: it is not about shop'],
    [{ environments: 'review' }, 'no: it is not about review-7'], [{ events: 'custom' }, 'no: it is not about failed'],
    [{ quiet: { from: '22:00', to: '07:00', zone: 'UTC', except: 'critical' } }, 'yes'],
  ])('%j -> %s', (route, wanted) => expect(heard(route)).toEqual([wanted, 'no: it is not about shop']));

  test('keeps quiet what is less than critical', () => {
    expect(heard({ quiet: { from: '22:00', to: '07:00', zone: 'UTC' } }, { severity: 'warning' })[0]).toBe('no: it is quiet at this hour');
    expect(heard({ severity: 'critical' }, { severity: 'warning' })[0]).toBe('no: warning is less than critical');
  });

  test('tells a channel once, and calls there whom any of its routes calls', () => {
    const { routes } = parseRoutes({ routes: [{ name: 'a', to: { ...to, mention: '@here' }, 'only-on-change': true }, { name: 'b', to: [{ ...to, mention: ['@here', 'U024BE7LH'] }, { slack: 'default' }] }] });
    expect(listenersOf(rulingsOn(routes, subject, new Date()))).toEqual([
      { channel: { kind: 'slack', id: 'C024BE91L' }, mention: ['@here', 'U024BE7LH'], by: ['a', 'b'], isOnlyOnChange: false },
      { channel: { kind: 'slack', id: 'default' }, mention: [], by: ['b'], isOnlyOnChange: false },
    ]);
  });
});

describe('quiet hours', () => {
  const night: QuietHours = { from: 22 * 60, to: 7 * 60, zone: 'Europe/Berlin', days: [], except: 'critical' };

  test.each([
    ['2026-11-21T20:59:00Z', false], ['2026-11-21T21:00:00Z', true], ['2026-11-22T05:59:00Z', true], ['2026-11-22T06:00:00Z', false],
    ['2026-07-01T19:59:00Z', false], ['2026-07-01T20:00:00Z', true], // summer time
  ])('%s: %s', (at, wanted) => expect(isQuiet(night, 'info', new Date(at))).toBe(wanted));

  test('of Saturday last into Sunday morning, and no longer', () => {
    const weekend = { ...night, zone: 'UTC', days: ['sat'] } as const;
    expect(['2026-11-21T03:00:00Z', '2026-11-21T23:00:00Z', '2026-11-22T03:00:00Z', '2026-11-22T23:00:00Z'].map((at) => isQuiet(weekend, 'info', new Date(at)))).toEqual([false, true, true, false]);
  });
});

describe('mentions', () => {
  const people = { octocat: 'U024BE7LH', team: 'S0604QSJC' };

  test('are Slack IDs, known people, and everybody only by its sign', () => {
    expect(mentionsOf(['@here', 'U0000000A', '@octocat', 'Octocat', 'team', 'actor', 'author'], people, { actor: 'octocat', author: 'ada' })).toEqual({
      texts: ['<!here>', '<@U0000000A>', '<@U024BE7LH>', '<!subteam^S0604QSJC>'], problems: ['people has no Slack ID for ada'],
    });
    expect(mentionsOf(['channel', 'octocta', 'author'], people, {})).toEqual({
      texts: [], problems: ['people has no Slack ID for channel', 'people has no Slack ID for octocta; the nearest is octocat', 'nobody is known as the author'],
    });
  });
});
