//! What is shown and kept of notes.

use super::world::{TEXT, World};
use db::testing::ENGINES;
use domain::documents::NotesStatus;

#[tokio::test]
async fn a_statement_that_does_not_stand_at_its_place_is_never_shown() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        *world.writer.made.lock().unwrap() =
            vec![(2, 14, "cell divides"), (2, 14, "cell dies at"), (3, 15, "cell divides"), (0, 900, "everything")];
        let id = world.add(&ada).await.id;
        world.work().await;
        let notes = world.documents().notes(&ada, id).await.unwrap();
        assert_eq!(notes.status, NotesStatus::Ready);
        assert_eq!(notes.points.len(), 1);
        assert_eq!(notes.points[0].citations[0].quote(), "cell divides");
        assert!(notes.points[0].citations[0].stands_in(TEXT));
        for shown in [&notes.markdown, &notes.html] {
            assert_eq!(shown.matches("/library/").count(), 1, "{shown}");
            assert!(!shown.contains("everything") && !shown.contains("dies"), "{shown}");
        }
    }
}

#[tokio::test]
async fn what_a_person_writes_while_notes_are_made_anew_is_kept_as_a_version() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        *world.writer.made.lock().unwrap() = vec![(2, 14, "cell divides"), (16, 20, "Then")];
        let id = world.add(&ada).await.id;
        world.work().await;
        let first = world.documents().notes(&ada, id).await.unwrap();
        assert_eq!((first.version, first.points.len()), (1, 2));
        assert_eq!(world.documents().regenerate_notes(&ada, id).await.unwrap().status, NotesStatus::Processing);
        let line = first.markdown.lines().find(|line| line.contains("cell")).unwrap();
        let mine = format!("# Mine\n\n{line}\n");
        let edited = world.documents().edit_notes(&ada, id, 1, mine.clone()).await.unwrap();
        assert_eq!((edited.version, edited.edited, edited.status), (2, true, NotesStatus::Processing));
        assert_eq!(edited.points, first.points[..1], "only what is still cited");
        world.work().await;
        let now = world.documents().notes(&ada, id).await.unwrap();
        assert_eq!((now.version, now.edited, &now.markdown), (3, false, &first.markdown));
        let versions = world.documents().notes_versions(&ada, id, 50, None).await.unwrap().versions;
        let told: Vec<_> = versions.iter().map(|version| (version.version, version.edited)).collect();
        assert_eq!(told, [(3, false), (2, true), (1, false)]);
        assert_eq!(versions[1].markdown, mine);
    }
}
