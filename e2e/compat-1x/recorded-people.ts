import type { Recorded } from "./recorded.ts";

interface People {
  /** Creates `$user`, a plain user. */
  readonly createUser: string;
  readonly updateUser: string;
  /** Creates `$key` for `$user`, in test mode. */
  readonly createKey: string;
}

/** What every client asks about users and keys; the bodies are as the client's own encoder writes them. */
export const peopleCalls = ({ createUser, updateUser, createKey }: People): Recorded[] => [
  {
    does: "the user whose key this is, an owner",
    method: "GET",
    path: "/user/",
    answer: "user",
    expect: { role: "admin" },
    keep: ["id", "me"],
  },
  {
    does: "create user",
    method: "POST",
    path: "/user/",
    body: createUser,
    answer: "user",
    expect: { role: "user", organizationFeeBps: 100 },
    keep: ["id", "user"],
  },
  { does: "that user's email again", method: "POST", path: "/user/", body: createUser, answer: "failure", status: 409 },
  { does: "all users", method: "GET", path: "/user/all", answer: "users" },
  { does: "user", method: "GET", path: "/user/id/$user", answer: "user", expect: { id: "$user" } },
  {
    does: "update user",
    method: "PUT",
    path: "/user/$user",
    body: updateUser,
    answer: "user",
    expect: { lastName: "Smith", organizationFeeBps: 150 },
  },
  {
    does: "create key",
    method: "POST",
    path: "/api-key/",
    body: createKey,
    answer: "createdKey",
    keep: ["id", "key"],
  },
  { does: "keys of one's own", method: "GET", path: "/api-key/", answer: "apiKeys" },
  { does: "keys of that user", method: "GET", path: "/api-key/user/$user", answer: "apiKeys" },
  { does: "delete key", method: "DELETE", path: "/api-key/$key", answer: "message" },
  { does: "the deleted key", method: "DELETE", path: "/api-key/$key", answer: "failure", status: 404 },
  { does: "the owner stays", method: "DELETE", path: "/user/$me", answer: "failure", status: 403 },
  { does: "delete user", method: "DELETE", path: "/user/$user", answer: "message" },
  { does: "the deleted user", method: "GET", path: "/user/id/$user", answer: "failure", status: 404 },
];
