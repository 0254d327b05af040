-- A person. After cancellation the row stays as a tombstone: it refuses tokens that still live, and what the
-- person wrote keeps an author ("Deleted user"); every attribute is gone from it.
create table accounts (
    id bigint generated always as identity primary key,
    sub text not null,
    email text,
    given_name text,
    family_name text,
    display_name text,
    -- Name in lower case as the application folds it, so that both engines search alike.
    search_name text not null default '',
    created_at bigint not null,
    cancelled_at bigint,
    constraint accounts_sub_key unique (sub)
);

-- Serves the search by an e-mail typed in full.
create index accounts_email on accounts (email) where cancelled_at is null;
