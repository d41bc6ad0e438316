import Type from "typebox";
import { examples } from "../examples.ts";
import { Message } from "../message.ts";
import type { Route } from "../route.ts";
import { User, UserCreate, UserUpdate } from "../user.ts";

const tag = "Users";
const body = {
  name: "Grace",
  lastName: "Hopper",
  email: "grace@example.com",
  password: "correct horse",
  role: "user",
  organizationFeeBps: 100,
};

export const userRoutes = [
  {
    id: "createUser",
    method: "POST",
    path: "/v1/user",
    auth: "key",
    tag,
    summary: "Create a user of your organization",
    description: "Needs an admin's or owner's key. Nobody becomes an owner here.",
    body: UserCreate,
    answer: User,
    creates: true,
    errors: ["forbidden", "email_taken"],
    example: { body, answer: examples.user },
  },
  {
    id: "getOwnUser",
    method: "GET",
    path: "/v1/user",
    auth: "key",
    tag,
    summary: "The user whose key this is",
    answer: User,
    errors: ["not_found"],
    example: { answer: examples.user },
  },
  {
    id: "listUsers",
    method: "GET",
    path: "/v1/user/all",
    auth: "key",
    tag,
    summary: "All users, as a bare array",
    description: "A plain user's key sees its own user alone.",
    answer: Type.Array(User),
    errors: [],
    example: { answer: [examples.user] },
  },
  {
    id: "getUser",
    method: "GET",
    path: "/v1/user/id/:id",
    auth: "key",
    tag,
    summary: "A user by its id",
    answer: User,
    errors: ["not_found"],
    example: { answer: examples.user },
  },
  {
    id: "updateUser",
    method: "PUT",
    path: "/v1/user/:id",
    auth: "key",
    tag,
    summary: "Change a user",
    description:
      "What is left out stays as it is. Users change themselves, admins all but owners, owners all. The fee is ignored unless the key is an admin's or owner's; a role cannot be changed.",
    body: UserUpdate,
    answer: User,
    errors: ["forbidden", "not_found", "email_taken"],
    example: { body: { lastName: "Murray" }, answer: { ...examples.user, lastName: "Murray" } },
  },
  {
    id: "deleteUser",
    method: "DELETE",
    path: "/v1/user/:id",
    auth: "key",
    tag,
    summary: "Remove a user",
    description: "Its keys stop working at once. Needs an admin's or owner's key; owners stay.",
    answer: Message,
    errors: ["forbidden", "not_found"],
    example: { answer: { message: "User 2 is removed." } },
  },
] as const satisfies readonly Route[];
