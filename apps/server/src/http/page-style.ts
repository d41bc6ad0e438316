/** One small sheet for the server's own pages, landing and reference, in the colours of the customer's (apps/checkout). */
export const pageStyle = `
:root{color-scheme:light dark;--bg:#f5f6f9;--fg:#131722;--muted:#545e70;--line:#e1e5ec;--card:#fff;--accent:#3548cf;--code:#f5f6f9}
@media(prefers-color-scheme:dark){:root{--bg:#0c0f14;--fg:#eef1f6;--muted:#a3aebf;--line:#2a323f;--card:#151a22;--accent:#9fb1ff;--code:#1c222c}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.55 system-ui,sans-serif}
a{color:var(--accent)}
h1,h2,h3{line-height:1.2;letter-spacing:-.01em}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,monospace}
code{background:var(--code);border-radius:4px;padding:.1em .35em}
pre{background:var(--code);border-radius:8px;padding:.9em 1em;white-space:pre-wrap;overflow-wrap:anywhere;margin:.5em 0}
pre code{padding:0;background:none}
.wrap{max-width:64rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:16px;padding:1.25rem;margin:1rem 0}
.card>:first-child{margin-top:0}
.card>:last-child{margin-bottom:0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:1rem}
.cards .card{display:flex;flex-direction:column;align-items:flex-start;margin:0}
.cards h3,.cards p{margin:0 0 .5rem}
.cards button{margin-top:auto}
.muted{color:var(--muted)}
.button,button{min-height:44px;display:inline-block;border:0;border-radius:12px;background:var(--accent);color:var(--bg);font:600 1rem system-ui,sans-serif;padding:.7em 1.25em;cursor:pointer;text-decoration:none}
input[type=search]{width:100%;font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.6em .8em}
.banner{background:#fdf2dc;color:#7d4b00;padding:.5rem 1rem;text-align:center;font-size:.875rem;font-weight:500;text-wrap:balance}
@media(prefers-color-scheme:dark){.banner{background:#2d2511;color:#f3c670}}
.docs{display:grid;grid-template-columns:15rem minmax(0,1fr);gap:2.5rem;max-width:80rem}
.docs nav{position:sticky;top:1rem;align-self:start;max-height:calc(100vh - 2rem);overflow:auto;font-size:.9rem}
.docs nav ul{list-style:none;margin:.2rem 0 1rem;padding:0}
.docs nav a{display:block;padding:.15rem 0;text-decoration:none;color:inherit}
@media(max-width:55rem){.docs{grid-template-columns:minmax(0,1fr)}.docs nav{position:static;max-height:none}}
.method{font:700 12px ui-monospace,monospace;border-radius:5px;padding:.25em .5em;background:var(--accent);color:var(--bg);margin-right:.5em}
.path{font:600 15px ui-monospace,monospace;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:.92rem}
td,th{text-align:left;vertical-align:top;border-top:1px solid var(--line);padding:.4em .6em .4em 0}
th{border-top:0;color:var(--muted);font-weight:500}
details summary{cursor:pointer;color:var(--muted);margin-top:.6rem}
[hidden]{display:none!important}
`;

export interface PageInput {
  readonly title: string;
  readonly body: string;
  readonly nonce: string;
  readonly script?: string;
}

/** A complete page; `title` is escaped by the caller. */
export function pageHtml({ title, body, nonce, script }: PageInput): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,"><style nonce="${nonce}">${pageStyle}</style></head>
<body>${body}${script === undefined ? "" : `<script nonce="${nonce}">${script}</script>`}</body></html>
`;
}
