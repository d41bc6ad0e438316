export const exitCodes = {
  done: 0,
  /** The server, the chain or the API refused, and the message says why; or what was to be checked is not in order. */
  refused: 1,
  /** The command line or the configuration is wrong. */
  usage: 2,
  /** The database, the server or the chain does not answer. */
  unreachable: 3,
  /** SIGINT or SIGTERM came before it was done. As shells say it: 128 and the number of SIGINT. */
  interrupted: 130,
} as const;
