export { addOwner, createUser } from "./create.ts";
export { getUser, listUsers, organizationFeeBpsOf } from "./get.ts";
export { hashPassword, verifyPassword } from "./password.ts";
export { removeUser, updateUser } from "./update.ts";
export { type Role, type User, userResource } from "./user.ts";
