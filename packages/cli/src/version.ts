import manifest from "../package.json" with { type: "json" };

/** Of the command line, and of the server it comes with. */
export const version: string = manifest.version;
