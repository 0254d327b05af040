-- The checksums that parts of an upload were announced with: what goes on after a cut is signed with them again.
create table upload_parts (
    upload_id blob not null,
    part_number bigint not null,
    -- In base64.
    sha256 text not null,
    constraint upload_parts_pkey primary key (upload_id, part_number),
    constraint upload_parts_upload_id_fkey foreign key (upload_id) references uploads (id) on delete cascade
);
