package dev.handfast.xa.it.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.testkit.database.PostgresServer;
import jakarta.transaction.Synchronization;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.apache.ibatis.transaction.managed.ManagedTransactionFactory;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What each library's own idea of a transaction does within one of Handfast's. */
@TestInstance(Lifecycle.PER_CLASS)
class LibraryTransactionsIT {

  private static final String ROLE = "library";
  private static final String REFUSED = "commit() is refused";

  /** Where the work is done. */
  enum Database {
    H2,
    POSTGRES
  }

  private PostgresServer postgres;
  private Handfast handfast;
  private DataSource h2;
  private DataSource pg;

  @BeforeAll
  void startServer(@TempDir Path directory) {
    postgres = PostgresServer.start(directory);
    postgres.createRole(ROLE, ROLE);
    postgres.createDatabase(ROLE, ROLE);
  }

  @AfterAll
  void stopServer() {
    postgres.close();
  }

  @BeforeEach
  void start(@TempDir Path directory) {
    JdbcResource file =
        JdbcResource.named("orders").url("jdbc:h2:file:" + directory.resolve("orders")).build();
    JdbcResource server =
        JdbcResource.named("stock")
            .url(postgres.database(ROLE).url())
            .username(ROLE)
            .password(ROLE)
            .build();
    postgres.database(ROLE).execute("DROP SCHEMA IF EXISTS public CASCADE");
    postgres.database(ROLE).execute("CREATE SCHEMA public AUTHORIZATION " + ROLE);
    handfast =
        Handfast.builder()
            .nodeName("libraries")
            .logStore(LogStore.file(directory.resolve("log")))
            .resources(file, server)
            .start();
    h2 = handfast.resource(file);
    pg = handfast.resource(server);
  }

  @AfterEach
  void stop() {
    handfast.close();
  }

  private DataSource of(Database database) {
    return database == Database.H2 ? h2 : pg;
  }

  static Stream<Arguments> everywhere() {
    return Stream.of(Library.values())
        .flatMap(
            library -> Stream.of(Database.values()).map(where -> Arguments.of(library, where)));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void aNestedUnitOfWorkIsGivenUpAlone(Library library, Database where) throws Exception {
    DataSource database = of(where);
    library.makeTable(database);
    handfast.run(
        () -> {
          library.insert(database, 1);
          library.insertAndTakeBack(database, 2);
          library.insert(database, 3);
        });

    assertThat(ids(database)).containsExactly(1, 3);
  }

  @ParameterizedTest
  @EnumSource
  void theTransactionsOfSpringAreThoseOfHandfast(Database where) throws Exception {
    DataSource database = of(where);
    Library.JDBC_TEMPLATE.makeTable(database);
    var template = new JdbcTemplate(database);
    var manager =
        new JtaTransactionManager(handfast.userTransaction(), handfast.transactionManager());
    var joining = new TransactionTemplate(manager);
    var beside = new TransactionTemplate(manager);
    beside.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);

    handfast.run(
        () -> {
          template.update("INSERT INTO item VALUES (1)");
          joining.executeWithoutResult(
              inner -> template.update("INSERT INTO item SELECT id + 1 FROM item"));
        });
    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      template.update("INSERT INTO item VALUES (3)");
                      beside.executeWithoutResult(
                          inner -> template.update("INSERT INTO item VALUES (4)"));
                      joining.executeWithoutResult(
                          inner -> template.update("INSERT INTO item VALUES (5)"));
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(ids(database)).containsExactly(1, 2, 4);
  }

  @ParameterizedTest
  @EnumSource
  void aManagerThatCommitsByItselfIsRefused(Database where) throws Exception {
    DataSource database = of(where);
    Library.JDBC_TEMPLATE.makeTable(database);

    assertThatThrownBy(
            () ->
                handfast.run(
                    () ->
                        new TransactionTemplate(new DataSourceTransactionManager(database))
                            .executeWithoutResult(
                                inner ->
                                    new JdbcTemplate(database)
                                        .update("INSERT INTO item VALUES (1)"))))
        .hasStackTraceContaining(REFUSED);
    assertThatThrownBy(
            () ->
                handfast.run(
                    () ->
                        DSL.using(database, SQLDialect.DEFAULT)
                            .transaction(nested -> Library.JOOQ.insert(database, 1))))
        .hasStackTraceContaining(REFUSED);
    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      try (SqlSession session =
                          Library.mybatis(database, new JdbcTransactionFactory()).openSession()) {
                        session.getMapper(ItemMapper.class).insert(1);
                        session.commit();
                      }
                    }))
        .hasStackTraceContaining(REFUSED);

    assertThat(ids(database)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aMigrationRunsOutsideOfTransactionsAlone(Database where) throws Exception {
    DataSource database = of(where);

    assertThatThrownBy(() -> handfast.run(() -> Library.flyway(database).migrate()))
        .hasMessageContaining("setAutoCommit(true) is refused inside global transaction")
        .hasMessageContaining("outside");
    assertThat(tables(database)).isEmpty();

    Library.flyway(database).migrate();
    assertThat(tables(database)).contains("item", "note", "flyway_schema_history");
  }

  /** Which Flyway itself would do if it did not commit. */
  @Test
  void definitionsAreWorkOfATransactionWhereTheDatabaseSaysSo() throws Exception {
    handfast.run(() -> Library.JDBC_TEMPLATE.makeTable(pg));
    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      new JdbcTemplate(pg).execute("CREATE TABLE other (id INT)");
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> handfast.run(() -> Library.JDBC_TEMPLATE.makeTable(h2)))
        .hasMessageContaining("Resource 'orders'")
        .hasMessageContaining("CREATE");

    assertThat(tables(pg)).containsExactly("item");
    assertThat(tables(h2)).isEmpty();
  }

  /** As MyBatis-Spring and object-relational mappers do. */
  @ParameterizedTest
  @EnumSource
  void aBatchIsFlushedWhenTheTransactionCompletes(Database where) throws Exception {
    DataSource database = of(where);
    Library.MYBATIS.makeTable(database);
    handfast.run(
        () -> {
          SqlSession session =
              Library.mybatis(database, new ManagedTransactionFactory())
                  .openSession(ExecutorType.BATCH);
          session.getMapper(ItemMapper.class).insert(1);
          session.getMapper(ItemMapper.class).insert(2);
          handfast
              .transactionManager()
              .getTransaction()
              .registerSynchronization(
                  new Synchronization() {
                    @Override
                    public void beforeCompletion() {
                      session.commit();
                    }

                    @Override
                    public void afterCompletion(int status) {
                      session.close();
                    }
                  });
        });

    assertThat(ids(database)).containsExactly(1, 2);
  }

  private static List<Integer> ids(DataSource database) {
    return new JdbcTemplate(database)
        .queryForList("SELECT id FROM item ORDER BY id", Integer.class);
  }

  private static List<String> tables(DataSource database) {
    return new JdbcTemplate(database)
        .queryForList(
            "SELECT LOWER(table_name) FROM information_schema.tables"
                + " WHERE LOWER(table_schema) = 'public' ORDER BY 1",
            String.class);
  }
}
