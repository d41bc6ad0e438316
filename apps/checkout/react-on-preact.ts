/** The pages are written against React and run on Preact (docs/decisions/0033-pages-run-on-preact.md): Vite's aliases. */
export const reactOnPreact = [
  { find: /^react$/, replacement: "preact/compat" },
  { find: /^react-dom\/client$/, replacement: "preact/compat/client" },
  { find: /^react\/jsx-runtime$/, replacement: "preact/jsx-runtime" },
];
