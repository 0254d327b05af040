-- What people have added to be read: one file each, its text by page, and the notes that were made of it.
create table documents (
    id blob not null,
    owner_id bigint not null references accounts (id),
    -- The original.
    object_id blob not null references objects (id),
    -- The file of a message that it was copied from: adding that again gives the same document. No reference: it stays
    -- when that file goes.
    source_object_id blob,
    title text not null,
    -- Whether its owner has chosen the title; else the document's own takes its place when it is read.
    is_titled boolean not null default false,
    -- Title and file name as the search compares them.
    search_text text not null,
    -- uploaded, processing, ready or failed.
    status text not null,
    -- While it is read: pages so far, and in all where that is known.
    progress_page bigint,
    progress_of bigint,
    -- Of a failed one: no_text_layer, encrypted, corrupt, too_large or unsupported, and what to do.
    failure_code text,
    failure_message text,
    -- Once it is read.
    pages bigint,
    words bigint,
    language text,
    -- processing, ready or failed.
    notes_status text not null,
    -- Of failed notes: why.
    notes_failure text,
    -- The present version of the notes; 0 until there is one.
    notes_version bigint not null default 0,
    created_at bigint not null,
    -- When its status, title or notes were last changed.
    updated_at bigint not null,
    constraint documents_pkey primary key (id),
    constraint documents_source_key unique (owner_id, source_object_id)
);

-- Serves a person's documents, newest first.
create index documents_owner on documents (owner_id, created_at, id);
-- Serves who may see a file, and whether anything still needs it.
create index documents_object on documents (object_id);

create table document_pages (
    document_id blob not null references documents (id) on delete cascade,
    page bigint not null,
    text text not null,
    -- JSON: what its stretches are.
    blocks text not null,
    -- The text as finding compares it.
    search_text text not null,
    constraint document_pages_pkey primary key (document_id, page)
);

create table document_notes (
    document_id blob not null references documents (id) on delete cascade,
    version bigint not null,
    -- Whether a person wrote it.
    is_edited boolean not null,
    markdown text not null,
    -- JSON: the statements with their citations.
    points text not null,
    remark text,
    created_at bigint not null,
    constraint document_notes_pkey primary key (document_id, version)
);

-- Changes of state for other parts of the product and other programs, written in the transaction of the change and
-- deleted once they are delivered.
create table outbox (
    id integer primary key,
    -- Names it for those who must not handle it twice.
    event_id blob not null,
    topic text not null,
    -- What is delivered in order. Whoever writes holds the lock of the thing that the key names, so that ids of one key
    -- become visible in their order.
    event_key text not null,
    -- JSON.
    payload text not null,
    run_at bigint not null,
    attempts bigint not null default 0,
    -- While it lies ahead, a process is delivering it.
    lease_until bigint not null default 0,
    last_error text,
    created_at bigint not null,
    constraint outbox_event_id_key unique (event_id)
);

-- Serves the order of each key.
create index outbox_key on outbox (event_key, id);
-- Serves taking the next one.
create index outbox_due on outbox (run_at, id);

-- What was handled, by whom: it may be delivered again.
create table outbox_handled (
    consumer text not null,
    event_id blob not null,
    handled_at bigint not null,
    constraint outbox_handled_pkey primary key (consumer, event_id)
);

-- Serves forgetting what cannot come again.
create index outbox_handled_at on outbox_handled (handled_at);

-- Of events about a document: which. The document is read when the event is sent.
alter table events add column document_id blob;
