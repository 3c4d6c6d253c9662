/** The style of the page: Slack's light theme on a phone, without anything that must be fetched. */
export const STYLE = `
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 440px; background: #f4ede4; color: #1d1c1d; font: 15px/1.46668 Lato, 'Slack-Lato', 'Helvetica Neue', 'DejaVu Sans', Arial, 'Noto Color Emoji', sans-serif; }
h1 { margin: 0; padding: 14px 16px 2px; font-size: 19px; }
.about { margin: 0; padding: 0 16px 8px; color: #616061; font-size: 13px; }
.moment { margin: 18px 16px 6px; color: #4a154b; font-size: 13px; font-weight: 700; }
.screen { margin: 0 8px; padding: 10px 12px; border: 1px solid #dddddd; border-radius: 12px; background: #ffffff; }
.channel { margin: -2px 0 8px; padding-bottom: 6px; border-bottom: 1px solid #e8e8e8; font-weight: 700; }
.message { display: flex; gap: 8px; }
.message + .message { margin-top: 10px; }
.avatar { flex: 0 0 36px; height: 36px; border-radius: 8px; background: #4a154b; color: #ffffff; font-weight: 700; line-height: 36px; text-align: center; }
.body { flex: 1 1 auto; min-width: 0; overflow-wrap: anywhere; }
.who { font-weight: 900; }
.app { margin: 0 4px; padding: 1px 3px; border-radius: 2px; background: #e8e8e8; color: #616061; font-size: 10px; font-weight: 700; vertical-align: 1px; }
.when { color: #616061; font-size: 12px; }
.header { margin: 6px 0 4px; font-size: 18px; font-weight: 900; line-height: 1.33; }
.section { margin: 6px 0; }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 12px; margin: 6px 0; }
.context { margin: 6px 0; color: #616061; font-size: 13px; }
.context a { font-weight: inherit; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0; }
.button { padding: 5px 12px; border: 1px solid #bbbabb; border-radius: 8px; background: #ffffff; color: #1d1c1d; font-weight: 700; text-decoration: none; }
.button.primary { border-color: #007a5a; background: #007a5a; color: #ffffff; }
.button.danger { border-color: #e01e5a; background: #e01e5a; color: #ffffff; }
hr { margin: 8px 0; border: 0; border-top: 1px solid #dddddd; }
a { color: #1264a3; text-decoration: none; }
pre, code { border: 1px solid #dddddd; border-radius: 4px; background: #f8f8f8; font: 12px/1.5 Monaco, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
pre { margin: 4px 0; padding: 8px; white-space: pre-wrap; }
code { padding: 1px 3px; color: #e01e5a; }
blockquote { margin: 4px 0; padding-left: 12px; border-left: 4px solid #dddddd; }
.mention { padding: 0 2px; border-radius: 3px; background: #fdf0d2; color: #1264a3; }
.thread { margin: 10px 0 0 44px; padding-left: 10px; border-left: 2px solid #dddddd; font-size: 14px; }
.replies { margin-bottom: 8px; color: #1264a3; font-size: 13px; font-weight: 700; }
.file { display: inline-block; margin: 6px 0; padding: 8px 12px; border: 1px solid #dddddd; border-radius: 8px; }
`;
