export { type Currency, currencyResource } from "./currency.ts";
export { currencyResources, knownCurrencies, listCurrencies, listCurrenciesOn, setCurrencyOn } from "./list.ts";
export { NATIVE_ADDRESS, syncCurrencies } from "./sync.ts";
