import { EVENTS, SEVERITIES } from './event.ts';
import { DAYS, TIME_OF_DAY } from './quiet-hours.ts';
import { CHANNEL, KEYS } from './routes.ts';

const text = { type: 'string', minLength: 1 };

/** The JSON Schema of a routing file, for completion in editors: made of the same words as the parser. */
export function routesSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Slipway notices: who hears of what',
    ...mapping(KEYS.file, ['routes'], {
      people: { description: 'GitHub logins and the Slack IDs that belong to them.', type: 'object', additionalProperties: { type: 'string', pattern: '^[UWS][A-Z0-9]{5,20}$' } },
      routes: { type: 'array', minItems: 1, items: routeSchema() },
    }),
  };
}

function routeSchema(): object {
  return mapping(KEYS.route, ['to'], {
    name: { ...text, description: 'How explanations call it.' },
    events: { ...oneOrMore({ enum: EVENTS }), description: 'Every event if left out.' },
    environments: { ...oneOrMore(text), description: 'Every environment if left out; * stands for any characters.' },
    services: { ...oneOrMore(text), description: 'Every service if left out; * stands for any characters.' },
    severity: { enum: SEVERITIES, description: 'The least that is told; info if left out.' },
    to: { anyOf: [targetSchema(), { type: 'array', minItems: 1, items: targetSchema() }] },
    quiet: quietSchema(),
    'only-on-change': { type: 'boolean', description: 'Tells only that deployments begin to fail, or succeed again.' },
  });
}

function targetSchema(): object {
  return mapping(KEYS.target, ['slack'], {
    slack: { type: 'string', pattern: CHANNEL, description: 'ID of a channel, or "default" for the channel or webhook of the step.' },
    mention: { ...oneOrMore({ type: 'string', pattern: '^@?[A-Za-z0-9][\\w\\[\\]-]{0,60}$' }), description: '@here, @channel, Slack IDs, GitHub logins of people, actor, author.' },
  });
}

function quietSchema(): object {
  const time = { type: 'string', pattern: TIME_OF_DAY };
  return mapping(KEYS.quiet, ['from', 'to', 'zone'], {
    from: time, to: time, zone: { ...text, description: 'Such as Europe/Berlin.' },
    days: { ...oneOrMore({ enum: DAYS }), description: 'On which a quiet time begins; every day if left out.' },
    except: { enum: SEVERITIES, description: 'What is told all the same; critical if left out.' },
  });
}

function mapping<const Key extends string>(keys: readonly Key[], required: readonly NoInfer<Key>[], properties: Readonly<Record<NoInfer<Key>, object>>): object {
  return { type: 'object', additionalProperties: false, required, properties: Object.fromEntries(keys.map((key) => [key, properties[key]])) };
}

function oneOrMore(item: object): object {
  return { anyOf: [item, { type: 'array', items: item }] };
}
