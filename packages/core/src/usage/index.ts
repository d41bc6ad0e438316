export { type IncreasedUnits, increaseUnits } from "./increase-units.ts";
export { type RecordedUsage, recordUsageEvents } from "./record-usage-events.ts";
