import type { Command } from "../command.ts";
import { bashCompletion } from "../completion/bash.ts";
import { zshCompletion } from "../completion/zsh.ts";

const scripts = { bash: bashCompletion, zsh: zshCompletion };

export const completion: readonly Command[] = [
  {
    name: "completion",
    summary: "Print what makes a shell complete commands, options and their values",
    options: [["shell", "Which one.", Object.keys(scripts)]],
    bare: "shell",
    notes: [
      'For this shell: `source <(qbitflow completion bash)`. For all: print it to the file "qbitflow" where bash-completion looks,',
      'or to a file "_qbitflow" in a folder of zsh\'s fpath.',
    ],
    examples: ["qbitflow completion bash", "qbitflow completion zsh"],
    run: async (input, { commands }) => {
      const script = scripts[input.shell as keyof typeof scripts](commands);
      return { body: { script }, text: script };
    },
  },
];
