export { expireTickets, issueTicket, redeemTicket, type Ticket } from "./ticket.ts";
