// Package auth keeps the accounts and decides who somebody is: passwords
// (argon2id), sign-in with slowing-down after failures, sessions in the
// database, roles held.
//
// Invariants: a password is kept only as a salted hash; a session token only
// as a hash of it; an account is never removed, only disabled, because the
// audit trail names it; raising an account's epoch ends all its sessions.
// What a person may then do is for package policy.
package auth
