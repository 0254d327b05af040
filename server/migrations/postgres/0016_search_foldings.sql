-- The versions of folding that every text for the search has gone through.
create table search_foldings (
    version bigint not null,
    constraint search_foldings_pkey primary key (version)
);
