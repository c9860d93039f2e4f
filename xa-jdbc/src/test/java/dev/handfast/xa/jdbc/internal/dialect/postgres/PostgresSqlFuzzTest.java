package dev.handfast.xa.jdbc.internal.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.jdbc.internal.sql.Mark;
import java.util.Random;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Texts made of the pieces in which statements, quotes and comments begin and end, carried out by
 * PostgreSQL itself in branches: whatever ends a branch is refused beforehand, and noticed at the
 * vote if it is not. {@code -Dcampaign.texts} says how many texts there are in all.
 */
final class PostgresSqlFuzzTest {

  private static final int TEXTS = Integer.getInteger("campaign.texts", 3_000);

  private static final String[] NOTHING = {};
  private static final String[] SOMETHING = {"INSERT INTO item VALUES (DEFAULT)", "SAVEPOINT s"};

  private final PostgresFixture pg = PostgresFixture.fresh();

  /** Counts over all texts of a run. */
  private static final class Tally {
    private int texts;
    private int ended;
    private int refused;
    private int brokenAndRefused;
    private int wronglyRefused;
    private int failed;
    private int asked;

    @Override
    public String toString() {
      return texts
          + " texts, ended the branch "
          + ended
          + ", refused "
          + refused
          + " (of these PostgreSQL refused "
          + brokenAndRefused
          + " too, and carried out without ending it "
          + wronglyRefused
          + "), asked for at the vote "
          + asked
          + ", failed "
          + failed;
    }
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "extended, standard_conforming_strings=on",
        "simple, standard_conforming_strings=on",
        "extended, standard_conforming_strings=off",
        "simple, standard_conforming_strings=off"
      })
  void whateverEndsABranchIsRefusedOrNoticed(String mode, String setting, TestReporter reporter)
      throws Exception {
    pg.owner().execute("DROP TABLE item");
    pg.owner().execute("CREATE TABLE item(id int GENERATED ALWAYS AS IDENTITY, note text)");
    pg.owner().execute("CREATE TABLE begin(id int)");
    pg.owner().execute("CREATE TABLE dollar(a$b$ int)");
    pg.owner().execute("CREATE PROCEDURE committing() LANGUAGE plpgsql AS 'BEGIN COMMIT; END'");
    long seed = Long.getLong("campaign.seed", new Random().nextLong());
    var tally = new Tally();
    String options =
        "?preferQueryMode=%s&socketTimeout=60&options=-c%%20synchronous_commit=off%%20-c%%20%s"
            .formatted(mode, setting);
    var random = new Random(seed);
    var texts = new PostgresTexts(random);
    try (var probe = new PostgresProbe(pg.owner(), options)) {
      for (int i = 0; i < TEXTS / 4; i++) {
        String text = texts.next();
        String[] before = random.nextBoolean() ? NOTHING : SOMETHING;
        check(tally, probe.run(text, before, found -> {}), "seed " + seed + ", text: " + text);
        cleanUp(probe, text);
      }
    }
    reporter.publishEntry("seed " + seed, tally.toString());
    assertThat(tally.ended).as("seed %s: %s", seed, tally).isGreaterThan(tally.texts / 10);
    assertThat(tally.wronglyRefused).as("seed %s: %s", seed, tally).isLessThan(tally.texts / 50);
  }

  private static void check(Tally tally, PostgresProbe.Found found, String which) {
    boolean refused = found.marks().contains(Mark.ENDS_BRANCH);
    tally.texts++;
    tally.ended += found.ended() ? 1 : 0;
    tally.refused += refused ? 1 : 0;
    boolean broken = found.failure() != null;
    tally.brokenAndRefused += refused && !found.ended() && broken ? 1 : 0;
    tally.wronglyRefused += refused && !found.ended() && !broken ? 1 : 0;
    tally.asked += found.marks().contains(Mark.MAY_END_BRANCH) ? 1 : 0;
    tally.failed += broken ? 1 : 0;
    if (found.ended()) {
      assertThat(refused).as("refused, %s", which).isTrue();
      assertThat(found.refusal()).as("noticed at the vote, %s", which).isNotNull();
    } else {
      assertThat(found.refusal() == null).as("votes, %s", which).isEqualTo(found.open());
    }
  }

  /** What a text left prepared would keep later ones waiting. */
  private static void cleanUp(PostgresProbe probe, String text) throws Exception {
    probe.rollbackPrepared();
    if (text.contains("PREPARE")) {
      H2Fixture.execute(probe.connection(), "DEALLOCATE ALL");
      probe.connection().commit();
    }
  }
}
