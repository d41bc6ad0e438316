import type { CommandHelp } from "../command.ts";
import { type Completable, completables, firstWords, secondWord } from "./table.ts";

/** Completion for bash 3.2 and later, without the package bash-completion. */
export function bashCompletion(commands: readonly CommandHelp[]): string {
  const table = completables(commands);
  const groups = firstWords(table);
  const seconds = [...groups].flatMap(([first, members]) => {
    const words = members.map(secondWord).filter((word) => word !== "");
    return words.length === 0 ? [] : [`    ${first}) words="${words.join(" ")}" ;;`];
  });
  return `# Completion of qbitflow for bash, written by \`qbitflow completion bash\`.
_qbitflow() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  local at part first="" second="" words="" values=""
  COMPREPLY=()
  # bash takes --chain=base apart at the sign.
  if [ "$word" = "=" ]; then word=""; elif [ "$before" = "=" ]; then before="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    part="\${COMP_WORDS[at]}"
    case "$part" in
      --json|--help) continue ;;
      -*) break ;;
    esac
    if [ -z "$first" ]; then first="$part"; elif [ -z "$second" ]; then second="$part"; fi
  done
  if [ -z "$first" ]; then
    COMPREPLY=($(compgen -W "${[...groups.keys()].join(" ")} help --help --json --version" -- "$word"))
    return
  fi
  case "$first" in
${seconds.join("\n")}
  esac
  if [ -n "$words" ]; then
    if [ -z "$second" ]; then
      COMPREPLY=($(compgen -W "$words --help" -- "$word"))
      return
    fi
    first="$first $second"
  fi
  case "$first $before" in
${table.flatMap(valueCases).join("\n")}
  esac
  if [ -n "$values" ]; then
    [ "$values" = " " ] || COMPREPLY=($(compgen -W "$values" -- "$word"))
    return
  fi
  case "$first" in
${table.map(commandCase).join("\n")}
  esac
  # What is there already is not offered again.
  local offered=""
  for part in $words; do
    case " \${COMP_WORDS[*]:1:COMP_CWORD-1} " in
      *" $part "*) ;;
      *) offered="$offered $part" ;;
    esac
  done
  COMPREPLY=($(compgen -W "$offered" -- "$word"))
}
complete -F _qbitflow qbitflow`;
}

/** After an option: its values, or a space where any text may stand. */
function valueCases({ name, options }: Completable): string[] {
  return options.flatMap((option) => {
    if (option.takes === "flag") return [];
    const values = option.takes === "text" ? " " : option.takes.join(" ");
    return [`    "${name} ${option.name}") values="${values}" ;;`];
  });
}

function commandCase({ name, options, words }: Completable): string {
  return `    "${name}") words="${[...words, ...options.map((option) => option.name)].join(" ")}" ;;`;
}
