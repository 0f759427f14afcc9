/** Style sheet of the report: light and dark, narrow and wide, and on paper. */
export const REPORT_STYLE = `
:root { --ink: #1b1f24; --paper: #ffffff; --soft: #f5f6f8; --line: #d6dae0; --muted: #5b6470; --accent: #0b63a5;
  --good: #1a7f4b; --fair: #9a6700; --poor: #b3261e; --plot-ink: #111111; --plot-paper: #ffffff; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --paper: #14171b; --soft: #1d2126; --line: #3a4048;
  --muted: #a2abb6; --accent: #6cb6f0; --good: #56c98d; --fair: #e0b050; --poor: #ff8a80;
  --plot-ink: #e6e8eb; --plot-paper: #1d2126; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.55rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
p { margin: .5rem 0; } .muted, figcaption { color: var(--muted); font-size: .9rem; }
a { color: var(--accent); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
th, td { text-align: left; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--muted); font-weight: 600; font-size: .85rem; } tbody th { font-weight: 600; }
.answer small { display: block; font-weight: 400; color: var(--muted); }
.answer td, .answer small { white-space: nowrap; } .answer td:first-of-type { font-weight: 600; }
sub, sup { font-size: .72em; line-height: 0; }
.scripts { display: inline-block; vertical-align: middle; line-height: 1; font-size: .72em; }
.scripts span { display: block; padding: .12em 0; }
.warnings { border: 1px solid var(--fair); border-left-width: 5px; border-radius: 4px; padding: .5rem 1rem; margin: 1rem 0; }
.warnings ul { margin: .3rem 0; padding-left: 1.2rem; }
.grade { font-weight: 600; white-space: nowrap; } .good { color: var(--good); } .fair { color: var(--fair); } .poor { color: var(--poor); }
figure { margin: 1.2rem 0; padding: .8rem; background: var(--plot-paper); border: 1px solid var(--line); border-radius: 6px; }
figure svg { display: block; max-width: 100%; height: auto; margin: 0 auto; } figcaption { margin-top: .6rem; }
figcaption strong { color: var(--ink); }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 4px; padding: .7rem .9rem; overflow-x: auto; font-size: .85rem; }
code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, monospace; overflow-wrap: anywhere; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 0 2.5rem; }
@media print { :root { --ink: #000; --paper: #fff; --soft: #fff; --muted: #444; --plot-ink: #111; --plot-paper: #fff;
  --good: #1a7f4b; --fair: #9a6700; --poor: #b3261e; --line: #bbb; }
  body { font-size: 10pt; } main { max-width: none; padding: 0; } .scroll { overflow: visible; } td, th { padding-right: .5rem; }
  figure, tr, pre { break-inside: avoid; } h2 { break-after: avoid; } }
`;
