-- What stood in the last form of a browser without scripts that was refused, so that its page shows it once more.
create table refused_forms (
    session_id uuid not null,
    -- The page that the form stands on.
    page text not null,
    -- The function that refused it.
    function text not null,
    -- The fields, as the browser sent them.
    fields text not null,
    expires_at bigint not null,
    constraint refused_forms_pkey primary key (session_id),
    constraint refused_forms_session_id_fkey foreign key (session_id) references sessions (id) on delete cascade
);

-- Serves the clean-up.
create index refused_forms_expiry on refused_forms (expires_at);
