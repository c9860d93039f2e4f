package dev.handfast.xa.jdbc.internal.handle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.jdbc.fixture.Shop;
import dev.handfast.xa.jdbc.internal.handle.HandleWalk.Answers;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Walks from a connection over every method of java.sql that answers another object, to whatever it
 * answers, and on from there: nothing leads to what the driver or the pool made.
 */
final class HandleWalkTest {

  private static final Path PAGE = Path.of("..", "docs", "handles.md");

  @TempDir private Path directory;

  /** What a new version of java.sql adds would run past the handle. */
  @Test
  void everyMethodIsOneOfOurs() throws Exception {
    for (Class<?> type : HandleWalk.TYPES) {
      for (Method method : type.getMethods()) {
        Class<?> handle = HandleWalk.handleOf(type);
        Class<?> declaring =
            handle.getMethod(method.getName(), method.getParameterTypes()).getDeclaringClass();
        assertThat(HandleWalk.isOurs(declaring) || HandleWalk.isSharding(method))
            .as("%s is passed on by %s", method, declaring)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Shop.Kind.class,
      names = {"H2", "POSTGRES"})
  void leadsToHandlesOnly(Shop.Kind kind) throws Exception {
    try (Shop shop = Shop.open(kind, directory)) {
      Answers answers = walk(shop, kind);

      assertThat(answers.foreign()).isEmpty();
      assertThat(answers.lost()).isEmpty();
      String line =
          "| %s | %d | %d | %d | %d |"
              .formatted(
                  kind == Shop.Kind.H2 ? "H2" : "PostgreSQL",
                  answers.asked(),
                  answers.handles(),
                  answers.values(),
                  answers.nothing());
      assertThat(Files.readAllLines(PAGE)).contains(line);
    }
  }

  private static Answers walk(Shop shop, Shop.Kind kind) throws Exception {
    HandleWalk.tables(kind).forEach(sql -> run(shop, sql));
    DataSource source = shop.source();
    return shop.handfast()
        .call(
            () -> {
              try (Connection connection = source.getConnection()) {
                var walk = new HandleWalk(connection, kind);
                walk.from(Connection.class, connection, "");
                return walk.answers();
              }
            });
  }

  private static void run(Shop shop, String sql) {
    try {
      shop.run(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Test
  void isToldInFull() throws Exception {
    List<String> page = Files.readAllLines(PAGE);
    long leading = HandleWalk.TYPES.stream().flatMap(HandleWalk::leading).count();
    long exits = HandleWalk.TYPES.stream().flatMap(HandleWalkTest::exits).count();

    assertThat(page)
        .contains(
            "| methods that answer an object | " + leading + " |",
            "| of these, exits: `unwrap` | " + exits + " |");
  }

  private static Stream<Method> exits(Class<?> type) {
    return HandleWalk.leading(type).filter(method -> method.getName().equals("unwrap"));
  }
}
