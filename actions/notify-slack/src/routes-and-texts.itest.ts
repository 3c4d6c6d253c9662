import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { noticeStage, shown, type Given, type NoticeStage } from '#shared/testing/notice-stage';
import { tellStory } from '#shared/testing/tell-story';
import { action } from './inputs.ts';
import { notifySlack } from './notify-slack.ts';

let stage: NoticeStage;

beforeEach(async () => { stage = await noticeStage(); });
afterEach(() => stage.stop());

describe('routes', () => {
  const routes = (text: string): Given => stage.bot({ channel: '', 'routes-file': stage.file('routes.yml', text) });

  test('lead each event to those who should hear of it, and call them', async () => {
    const given = routes(`people: { ada: U024BE7LH }\nroutes:\n  - { to: { slack: ${stage.slack.channel('deploys').id} } }\n  - { severity: critical, to: { slack: ${stage.slack.channel('alerts').id}, mention: [ada, '@here'] } }`);
    await stage.tell({ ...given, status: 'success', environment: 'production' });
    await stage.tell({ ...given, event: 'recovery-needed', environment: 'production' });
    expect(stage.heads('alerts').map(({ text }) => text)).toEqual(['<@U024BE7LH> <!here> 🆘 shop v1.4.0: somebody must recover production']);
    expect(stage.heads()).toHaveLength(1);
  });

  test('only on change: the first failure, silence in its thread, and when it is fixed', async () => {
    const given = { ...routes(`routes: [{ only-on-change: true, to: { slack: ${stage.slack.channel('deploys').id} } }]`), environment: 'production' };
    const results = ['success', 'failure', 'failure', 'failure', 'success', 'success'];
    for (const [index, status] of results.entries()) await stage.tell({ ...given, status }, { id: String(900 + index) });
    expect(stage.heads().map(({ text }) => text)).toEqual(['❌ shop v1.4.0: failed in production, 3 times in a row', '✅ shop v1.4.0 is live in production, fixed after 3 failures']);
  });

  test('that lead nowhere are silence, and a broken file is a warning', async () => {
    expect((await stage.tell({ ...routes('routes: [{ events: failed, to: { slack: C024BE91L } }]'), status: 'success', environment: 'qa' })).outputs).toMatchObject({ delivered: 'no', reason: 'No route leads anywhere for this event.' });
    expect((await stage.tell({ ...routes('routes: [{ evnts: failed, to: { slack: C024BE91L } }]'), status: 'success' })).outputs['reason']).toContain('routes[0]: there is no key evnts; the nearest is events');
    expect(stage.slack.requests).toEqual([]);
  });

  test('are explained without sending anything', async () => {
    const { lines } = await stage.tell({ ...routes('routes: [{ name: night, events: failed, environments: production, to: { slack: C024BE91L, mention: \'@here\' } }]'), explain: 'true' });
    expect(lines).toEqual(expect.arrayContaining(['failed in production (critical) -> C024BE91L (by night; calling @here)', expect.stringMatching(/^custom in production \(info\) -> nobody {3}\[night: no: it is not about custom\]$/)]));
    expect(stage.slack.requests).toEqual([]);
  });
});

describe('what users write', () => {
  const evil = 'fix <!channel> <https://evil.example|https://bank.example> "}],\n::error::x {{ nothing }} \u202E';

  test('is shown, and calls nobody', async () => {
    await stage.tell(stage.bot({ event: 'custom', title: evil, message: `${evil}{{ release }}`, fields: `Subject: ${evil}\nTicket: OPS-12` }));
    const formatted = [stage.heads()[0]?.text, ...[...shown(stage.heads()[0]).matchAll(/"type":"mrkdwn","text":"(.*?)","verbatim":true/g)].map(([, text]) => text)].join(' ');
    expect(formatted.replaceAll(/<(?:https:\/\/github\.com\/|!date\^)[^<>]*>/g, '')).not.toContain('<');
    expect(shown(stage.heads()[0])).toContain('{{ nothing }}');
    expect(shown(stage.heads()[0])).toContain('*Ticket*\\nOPS-12');
  });

  test('in blocks of their own is filled in as text', async () => {
    const blocks = stage.file('blocks.yml', 'blocks:\n  - { type: section, text: { type: mrkdwn, text: "*{{ release }}* {{ message }} <https://docs.example|docs>" } }\n  - { type: actions, elements: [{ type: button, text: { type: plain_text, text: "{{ release }}" }, url: "https://x.example/?q={{ message }}" }] }\n');
    await stage.tell(stage.bot({ event: 'custom', message: evil, 'blocks-file': blocks }));
    expect(shown(stage.heads()[0])).toContain('*v1.4.0* fix &lt;!channel&gt;');
    expect(shown(stage.heads()[0])).toContain('<https://docs.example|docs>');
    expect(shown(stage.heads()[0])).toContain('https://x.example/?q=fix%20%3C!channel%3E');
  });

  test('in blocks that Slack would not take is found by validate-only, and sent shortened without', async () => {
    const blocks = stage.file('long.yml', `- { type: header, text: { type: plain_text, text: ${'x'.repeat(200)} } }\n- { type: section, text: { type: mrkdwn, text: "{{ relase }}" } }`);
    const checked = await tellStory(action, notifySlack, stage.bot({ event: 'custom', 'blocks-file': blocks, 'validate-only': 'true' }));
    expect(checked.failure?.message).toContain('{{ relase }} is not known; the nearest is {{ release }}');
    const long = stage.file('long.yml', `- { type: header, text: { type: plain_text, text: ${'x'.repeat(200)} } }`);
    const again = await tellStory(action, notifySlack, stage.bot({ event: 'custom', 'blocks-file': long, 'validate-only': 'true' }));
    expect(again.failure?.message).toContain('blocks[0].text.text: 200 characters, at most 150 are accepted');
    expect((await stage.tell(stage.bot({ event: 'custom', 'blocks-file': long }))).outputs).toMatchObject({ delivered: 'yes' });
    expect(shown(stage.heads()[0])).toContain('Shortened');
  });

  test('a blocks file that calls people is refused, and the usual message sent', async () => {
    const { lines } = await stage.tell(stage.bot({ event: 'custom', 'blocks-file': stage.file('call.yml', '- { type: section, text: { type: mrkdwn, text: "<!here>" } }') }));
    expect(lines.join('\n')).toContain('blocks[0].text.text: people and channels are called by the input mention only');
    expect(stage.heads()).toHaveLength(1);
  });

  test('is attached in the thread', async () => {
    const { outputs } = await stage.tell(stage.bot({ status: 'success', attach: `${stage.file('report.html', '<p>all well</p>')}\nmissing.html` }));
    expect(stage.slack.files).toMatchObject([{ name: 'report.html', thread: outputs['ts'], body: Buffer.from('<p>all well</p>') }]);
    expect(outputs).toMatchObject({ delivered: 'yes', reason: expect.stringContaining('missing.html') });
  });
});
