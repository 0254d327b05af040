-- Whether others see how far the person has read.
alter table accounts add column read_receipts boolean not null default true;

create table conversations (
    id bigint generated always as identity primary key,
    -- The ids of the two people of a direct conversation, the smaller first: they have only one. Null for a group.
    direct_key text,
    title text,
    -- The title as the search compares it.
    search_title text not null default '',
    -- May remove others from a group.
    creator_id bigint not null references accounts (id),
    -- When the last message was sent. Raised under the row's lock by whoever sends: messages of a conversation are
    -- numbered and timed in the order in which they become visible.
    last_activity_at bigint not null,
    -- Raised whenever somebody comes or goes. Who had to wait for the row's lock tells by it whether the participants
    -- are still those that it saw before.
    participants_version bigint not null default 0,
    created_at bigint not null,
    constraint conversations_direct_key_key unique (direct_key)
);

create table participants (
    conversation_id bigint not null references conversations (id) on delete cascade,
    account_id bigint not null references accounts (id),
    joined_at bigint not null,
    -- Only ever moves forward; 0 before anything was read.
    read_message_id bigint not null default 0,
    muted boolean not null default false,
    constraint participants_pkey primary key (conversation_id, account_id)
);

-- Serves the list of a person's conversations.
create index participants_account on participants (account_id, conversation_id);

create table messages (
    id bigint generated always as identity primary key,
    conversation_id bigint not null references conversations (id) on delete cascade,
    sender_id bigint not null references accounts (id),
    -- Empty once it is deleted, like the two after it.
    content text not null,
    -- Made from the content by our renderer, sanitised.
    content_html text not null,
    -- The content as the search compares it.
    search_text text not null,
    reply_to_id bigint,
    -- The sender's own name for the message: sending it again is no second message.
    client_id text,
    -- JSON of all reactions, kept beside the rows of `reactions` so that a page of messages is one query.
    reactions text,
    sent_at bigint not null,
    edited_at bigint,
    deleted_at bigint,
    constraint messages_client_id_key unique (sender_id, client_id)
);

-- Serves a page of a thread, its last message and the count of unread ones.
create index messages_conversation on messages (conversation_id, id);

-- Serves taking a deleted message's words out of what quotes it.
create index messages_reply on messages (reply_to_id) where reply_to_id is not null;

create table reactions (
    message_id bigint not null references messages (id) on delete cascade,
    account_id bigint not null references accounts (id),
    emoji text not null,
    created_at bigint not null,
    constraint reactions_pkey primary key (message_id, account_id, emoji)
);

-- What happened, written in the transaction in which it happened: the outbox that the event streams read.
create table events (
    id bigint generated always as identity primary key,
    kind text not null,
    conversation_id bigint not null,
    -- The message that the payload shows: when it is deleted, its text goes from here too.
    message_id bigint,
    -- JSON as it is sent; empty where each receiver sees something else, which is then read when it is sent.
    payload text not null,
    created_at bigint not null
);

-- Serves taking a deleted message's text out.
create index events_message on events (message_id);

-- How far each person's own sequence of events has been counted. A counter under a row lock, not a sequence: an event
-- with a smaller number can never become visible after one with a greater.
create table event_cursors (
    account_id bigint not null references accounts (id),
    last_cursor bigint not null default 0,
    -- Events up to this one have been thrown away.
    floor_cursor bigint not null default 0,
    constraint event_cursors_pkey primary key (account_id)
);

create table event_deliveries (
    account_id bigint not null references accounts (id),
    event_cursor bigint not null,
    event_id bigint not null references events (id) on delete cascade,
    constraint event_deliveries_pkey primary key (account_id, event_cursor)
);

-- Serves throwing old events away.
create index event_deliveries_event on event_deliveries (event_id);
