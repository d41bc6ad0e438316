import { expect, it } from "vitest";
import { checkDetails } from "./details.ts";

it("trims what was typed and finds nothing wrong with unusual but real names", () => {
  const { customer, errors } = checkDetails({ name: " Ó ", lastName: "李", email: " a+b@exämple.co.uk " });
  expect(errors).toEqual({});
  expect(customer).toEqual({ name: "Ó", lastName: "李", email: "a+b@exämple.co.uk" });
});

it.each(["", "ada", "ada@", "ada@example", "a b@example.com", "ada@example."])("refuses the email %j", (email) => {
  expect(checkDetails({ name: "A", lastName: "B", email }).errors).toHaveProperty("email");
});

it("names every empty or too long field", () => {
  const { errors } = checkDetails({ name: "  ", lastName: "x".repeat(101), email: "a@b.c" });
  expect(Object.keys(errors).sort()).toEqual(["lastName", "name"]);
});
