import { mentionMistake } from '#shared/notices/mention';
import { parsePeople } from '#shared/notices/people';
import { EVENTS, happeningOf, STATUSES, type EventName } from '#shared/notices/event';
import { CHANNEL } from '#shared/notices/routes';
import { webAddress } from '#shared/notices/slack/mrkdwn';
import { defineAction, type Values } from '#shared/runner/action';
import { mistakeOf } from '#shared/runner/field-parsers';
import { choice, duration, flag, lines, secret, structure, text } from '#shared/runner/fields';
import { anyText, labelled } from './free-text.ts';
import { parseButtons, parseTook, parseVariables } from './small-inputs.ts';

const ADDRESS = 'an address that begins with https://';
const isAddress = (given: string): string | undefined => (webAddress(given) === undefined ? `accepted is ${ADDRESS}` : undefined);

const fields = {
  'slack-token': secret({ description: 'Bot token of your Slack app. With it, a deployment has one message that every step and job finds again and changes.', env: 'DEPLOY_SLACK_TOKEN', example: '${{ secrets.SLACK_TOKEN }}' }),
  channel: lines({
    description: 'Channels to post to with `slack-token`, by their IDs (at the bottom of a channel\'s details). A name such as `#deploys` serves within one job.',
    env: 'DEPLOY_SLACK_CHANNEL', example: 'C024BE91L', check: (channels) => (channels.every((channel) => new RegExp(CHANNEL).test(channel)) ? undefined : 'accepted are channel IDs such as C024BE91L, or names such as #deploys'),
  }),
  'slack-webhook': secret({ description: 'Incoming webhook, or webhook of a workflow, instead of `slack-token`. What it posted cannot be changed: it tells of the end, and of the start with `on-start`.', env: 'DEPLOY_SLACK_WEBHOOK', example: '${{ secrets.SLACK_WEBHOOK }}' }),
  status: choice({ options: STATUSES, description: 'How the job or the stage went. The job\'s own status alone is enough for a step with `if: always()`.', example: '${{ job.status }}' }),
  event: choice({ options: EVENTS.filter((name): name is Exclude<EventName, 'stage'> => name !== 'stage'), description: 'What happened, where `status` does not say it.', example: 'production-started' }),
  stage: text({ description: 'Stage of the deployment that `status` is about: a line of the message\'s timeline. Any name; usual are approval, backup, migration, deploy, checks, switch, watch, rollback.', example: 'migration', check: (name) => (name.length > 60 ? 'accepted are 60 characters at most' : undefined) }),
  duration: text({ description: 'How long the stage took, as the outputs `duration` of the other actions say it. Without it, the time since the stage\'s `started` is shown.', example: '${{ steps.backup.outputs.duration }}', accepts: 'seconds, or a duration with its unit', check: mistakeOf(parseTook) }),
  service: text({ description: 'What is deployed. The repository\'s name if left out.', env: 'DEPLOY_SERVICE', example: 'shop' }),
  environment: text({ description: 'Where to. If left out, what `event` says; without either, the notice is about the workflow.', env: 'DEPLOY_ENVIRONMENT', example: 'staging' }),
  release: text({ description: 'The version. The tag or the short commit if left out.', example: 'v1.4.0' }),
  url: text({ description: 'Address of the service, for a button.', env: 'DEPLOY_URL', example: 'https://shop.example.com', accepts: ADDRESS, check: isAddress }),
  'dashboard-url': text({ description: 'Address of a dashboard, for a button.', accepts: ADDRESS, check: isAddress }),
  'rollback-workflow': text({ description: 'File name of the workflow that rolls back, for a button that leads to it.', example: 'rollback.yml', accepts: 'the name of a file in .github/workflows', check: (name) => (/^[\w.-]+\.ya?ml$/.test(name) ? undefined : 'accepted is the name of a file in .github/workflows') }),
  buttons: structure({ description: 'Further buttons: their labels and addresses.', parser: parseButtons, accepts: 'lines such as "Logs: https://logs.example.com"', example: '{ Logs: "https://logs.example.com" }' }),
  title: anyText({ description: 'Headline, instead of the usual one. May hold values as `{{ release }}`; the README lists them.' }),
  message: anyText({ description: 'A paragraph of your own; Slack\'s `*bold*` and `` `code` `` work, links and mentions do not. Values as in `title`.' }),
  fields: labelled({ description: 'Facts of your own, one per line. Values as in `title`.', example: 'Ticket: OPS-12' }),
  'blocks-file': text({ description: 'File with Block Kit blocks of your own (YAML or JSON), instead of the usual message. Values as in `title`, in texts only.', example: '.github/slack-message.yml' }),
  variables: structure({ description: 'What the webhook of a workflow is started with, instead of the usual variables. Values as in `title`.', parser: parseVariables, accepts: 'lines such as "version: {{ release }}"' }),
  mention: lines({ description: 'Whom to call: `@here`, `@channel`, Slack IDs of people and groups, GitHub logins that `people` knows, `actor` or `author`. Nothing else in a notice ever calls anybody.', example: 'actor', check: (names) => names.map(mentionMistake).find((mistake) => mistake !== undefined) }),
  'mention-from': choice({ options: ['info', 'warning', 'critical'], default: 'warning', description: 'From which severity on `mention` calls. Failures are critical, cancelled and rolled-back deployments and questions are warnings.' }),
  people: structure({ description: 'GitHub logins and the Slack IDs that belong to them.', parser: parsePeople, accepts: 'lines such as "octocat: U024BE7LH"', example: '{ octocat: U024BE7LH }' }),
  'routes-file': text({ description: 'File that says who hears of what, instead of `channel` and `mention`.', example: '.github/notices.yml' }),
  attach: lines({ description: 'Files to show in the message\'s thread. Needs the scope files:write.', example: 'report.html' }),
  'on-start': flag({ description: 'With a webhook: tell of the start as well.' }),
  broadcast: choice({ options: ['failures', 'never'], default: 'failures', description: 'An edited message makes no sound: with `failures`, a failure in a thread is shown in the channel as well.' }),
  thread: text({ description: 'Output `ts` of an earlier step, where the app may not look for its message itself.', accepts: 'a ts such as 1503435956.000247', check: (ts) => (/^\d{6,12}\.\d{6}$/.test(ts) ? undefined : 'accepted is a ts such as 1503435956.000247') }),
  'github-token': secret({ description: 'Token to ask GitHub for commit, pull request, jobs and the failing step\'s log: `actions: read`, `contents: read`, `pull-requests: read`, `deployments: read`.', example: '${{ github.token }}' }),
  budget: duration({ description: 'How long all of it may take. What was not sent by then is kept for later.', default: '15s', min: '1s', max: '10m' }),
  'request-timeout': duration({ description: 'How long one request may take.', default: '5s', min: '100ms', max: '2m' }),
  'replay-folder': text({ description: 'Where what could not be sent is kept. RUNNER_TEMP if left out.' }),
  'fail-on-error': flag({ description: 'Fail the step when the notice was not delivered.' }),
  'validate-only': flag({ description: 'Check message, blocks file and routes, and fail on anything Slack would not take. Sends nothing.' }),
  explain: flag({ description: 'Print who would hear of what, and why. Sends nothing.' }),
  'dry-run': flag({ description: 'Print the message. Sends nothing.' }),
  'slack-api-url': text({ description: 'Address of Slack\'s Web API, for a gateway.', env: 'DEPLOY_SLACK_API_URL', default: 'https://slack.com/api/', accepts: ADDRESS, check: isAddress }),
};

/** What the story gets. */
export type Inputs = Values<typeof fields>;

/** The contract of notify-slack. */
export const action = defineAction({
  name: 'notify-slack',
  title: 'Slipway notices in Slack',
  description: 'One Slack message per deployment that lives through all its stages, routed by event; it never fails or delays a deployment, never posts twice, and calls nobody by accident.',
  branding: { icon: 'message-square', color: 'purple' },
  inputs: fields,
  outputs: {
    delivered: '`yes`, `no`, or `unknown` where Slack\'s answer was lost.',
    reason: 'Why it was not delivered, in a sentence.',
    channel: 'ID of the (first) channel.',
    ts: 'The message\'s `ts` there: with it, steps of your own can reply, and `thread` of another job finds it.',
    permalink: 'Address of the message.',
    messages: 'JSON list: channel, delivered, reason, ts and permalink of each channel.',
    replay: 'Folder with what could not be sent, if anything.',
  },
  check: (inputs) => (inputs.explain || happeningOf(inputs) !== undefined ? [] : ['status is missing (or event, or stage): it says what happened; status: ${{ job.status }} is enough']),
});
