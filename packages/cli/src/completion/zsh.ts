import type { CommandHelp } from "../command.ts";
import { type Completable, completables, firstWords, secondWord } from "./table.ts";

/** Completion for zsh 5 and later, with what each word means. */
export function zshCompletion(commands: readonly CommandHelp[]): string {
  const table = completables(commands);
  const groups = firstWords(table);
  const firsts = [...groups].map(([first, members]) => {
    const [only] = members;
    const isOne = only !== undefined && only.name === first;
    return described(first, isOne ? only.summary : members.map(secondWord).join(", "));
  });
  const seconds = [...groups].flatMap(([first, members]) =>
    members.some((member) => member.name === first)
      ? []
      : [`    ${first}) list=(${members.map((member) => described(secondWord(member), member.summary)).join(" ")}) ;;`],
  );
  return `#compdef qbitflow
# Completion of qbitflow for zsh, written by \`qbitflow completion zsh\`.
_qbitflow() {
  local -a lead list values
  local at command before option
  for (( at = 2; at < CURRENT; at++ )); do
    [[ \${words[at]} == (--json|--help) ]] && continue
    [[ \${words[at]} == -* ]] && break
    lead+=("\${words[at]}")
  done
  if (( \${#lead} == 0 )); then
    list=(${firsts.join(" ")})
    _describe -t commands 'command' list
    return
  fi
  case "\${lead[1]}" in
${seconds.join("\n")}
  esac
  command="\${lead[1]}"
  if (( \${#list} > 0 )); then
    if (( \${#lead} == 1 )); then
      _describe -t commands 'command' list
      return
    fi
    command="\${lead[1]} \${lead[2]}"
  fi
  before="\${words[CURRENT-1]}"
  if [[ "\${words[CURRENT]}" == --*=* ]]; then
    before="\${words[CURRENT]%%=*}"
    compset -P '*='
  fi
  case "$command $before" in
${table.flatMap(valueCases).join("\n")}
  esac
  list=()
  case "$command" in
${table.map(commandCase).join("\n")}
  esac
  (( \${#values} > 0 )) && compadd -a values
  # What is there already is not offered again.
  for option in "\${(@)words[2,CURRENT-1]}"; do
    list=("\${(@)list:#\${option}:*}")
  done
  _describe -o -t options 'option' list
}
if [[ "\${funcstack[1]}" == _qbitflow ]]; then _qbitflow "$@"; else compdef _qbitflow qbitflow; fi`;
}

/** Quoted for zsh; a colon parts the word from its meaning. */
function described(word: string, meaning: string): string {
  return `'${word}:${meaning.replaceAll("'", "'\\''").replaceAll(":", "\\:")}'`;
}

/** After an option: its values, or nothing where any text may stand. */
function valueCases({ name, options }: Completable): string[] {
  return options.flatMap((option) => {
    if (option.takes === "flag") return [];
    const act = option.takes === "text" ? "return" : `compadd -- ${option.takes.join(" ")}; return`;
    return [`    '${name} ${option.name}') ${act} ;;`];
  });
}

function commandCase({ name, options, words }: Completable): string {
  const list = options.map((option) => described(option.name, option.meaning)).join(" ");
  const values = words.length === 0 ? "" : ` values=(${words.join(" ")});`;
  return `    '${name}')${values} list=(${list}) ;;`;
}
