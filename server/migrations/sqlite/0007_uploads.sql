-- Files in the object store. A row is written when the file has been checked; its bytes are never written again.
create table objects (
    id blob not null,
    -- Whose quota it counts against.
    account_id bigint not null references accounts (id),
    purpose text not null,
    bucket text not null,
    object_key text not null,
    filename text not null,
    -- As the bytes say, not as the sender said.
    content_type text not null,
    size bigint not null,
    -- In base64, when the sender gave one or we made one.
    sha256 text,
    -- Of pictures: in pixels, upright.
    width bigint,
    height bigint,
    -- Of pictures, once their thumbnails are made: base64.
    thumbhash text,
    -- Of thumbnails: the picture. They are seen by whoever sees it and go with it.
    parent_id blob references objects (id) on delete cascade,
    -- Since when something uses it; until then it is the sender's alone.
    attached_at bigint,
    -- Out of reach since, and to be deleted.
    removed_at bigint,
    created_at bigint not null,
    constraint objects_pkey primary key (id),
    constraint objects_place_key unique (bucket, object_key)
);

-- Serves a file's thumbnails.
create index objects_parent on objects (parent_id, width) where parent_id is not null;

-- Serves the sum of a person's files.
create index objects_account on objects (account_id) where parent_id is null;

-- Serves finding files that nobody has used.
create index objects_unattached on objects (created_at) where attached_at is null and parent_id is null;

-- What somebody has begun to send.
create table uploads (
    id blob not null,
    account_id bigint not null references accounts (id),
    purpose text not null,
    filename text not null,
    -- What the sender said.
    content_type text not null,
    size bigint not null,
    -- Of the whole, in base64, if the sender gave it.
    sha256 text,
    bucket text not null,
    object_key text not null,
    -- The store's name of an upload in parts.
    multipart_id text,
    -- Whether its parts come with checksums; all do or none.
    is_checksummed boolean not null,
    -- open, complete, failed or aborted.
    status text not null,
    -- Of a failed one: the refusal, as JSON, so that it is told again.
    refusal text,
    -- What the file is called once it is complete.
    object_id blob not null,
    used_at bigint,
    created_at bigint not null,
    expires_at bigint not null,
    constraint uploads_pkey primary key (id)
);

-- Serves the number of a person's open uploads and the sum of their sizes.
create index uploads_account on uploads (account_id, status);

-- Serves finding those whose time is over.
create index uploads_expiry on uploads (expires_at);
