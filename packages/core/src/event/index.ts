export { appendEvents, type NewEvent } from "./append.ts";
export { type Event, listEvents } from "./list.ts";
