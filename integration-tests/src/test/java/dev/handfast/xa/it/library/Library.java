package dev.handfast.xa.it.library;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import javax.sql.DataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.TransactionFactory;
import org.apache.ibatis.transaction.managed.ManagedTransactionFactory;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** A library over the data source as it is, with what its own manual advises under JTA. */
enum Library {
  /** Its nested transactions are savepoints, by a provider of the application's. */
  JOOQ {
    @Override
    void insert(DataSource database, int id) {
      insert(DSL.using(database, SQLDialect.DEFAULT), id);
    }

    @Override
    void insertAndTakeBack(DataSource database, int id) {
      DSLContext jooq =
          DSL.using(
              new DefaultConfiguration()
                  .set(database)
                  .set(SQLDialect.DEFAULT)
                  .set(new SavepointTransactions(database)));
      try {
        jooq.transaction(
            nested -> {
              insert(DSL.using(nested), id);
              throw new TakenBack();
            });
      } catch (TakenBack e) {
        if (e.getSuppressed().length > 0) {
          throw new IllegalStateException("it could not be taken back", e.getSuppressed()[0]);
        }
      }
    }

    private static void insert(DSLContext jooq, int id) {
      jooq.insertInto(DSL.table("item"), DSL.field("id", Integer.class)).values(id).execute();
    }
  },

  /** Spring's template, which takes a connection for each statement. */
  JDBC_TEMPLATE {
    @Override
    void insert(DataSource database, int id) {
      new JdbcTemplate(database).update("INSERT INTO item VALUES (?)", id);
    }

    @Override
    void insertAndTakeBack(DataSource database, int id) {
      JdbcTemplate template = new JdbcTemplate(database);
      template.execute(
          (ConnectionCallback<Void>)
              connection -> {
                Savepoint savepoint = connection.setSavepoint();
                template.update("INSERT INTO item VALUES (?)", id);
                connection.rollback(savepoint);
                return null;
              });
    }
  },

  /** Makes the tables; what is in use afterwards is plain JDBC. */
  FLYWAY {
    @Override
    void makeTable(DataSource database) {
      flyway(database).migrate();
    }

    @Override
    void insert(DataSource database, int id) throws SQLException {
      try (Connection connection = database.getConnection();
          PreparedStatement item = connection.prepareStatement("INSERT INTO item VALUES (?)");
          PreparedStatement note = connection.prepareStatement("INSERT INTO note VALUES (?)")) {
        item.setInt(1, id);
        item.executeUpdate();
        note.setInt(1, id);
        note.executeUpdate();
      }
    }

    @Override
    void insertAndTakeBack(DataSource database, int id) throws SQLException {
      try (Connection connection = database.getConnection()) {
        Savepoint savepoint = connection.setSavepoint("taken back");
        insert(database, id);
        connection.rollback(savepoint);
      }
    }
  },

  /** With the factory that leaves the end of transactions to a container. */
  MYBATIS {
    @Override
    void insert(DataSource database, int id) {
      try (SqlSession session =
          mybatis(database, new ManagedTransactionFactory()).openSession(ExecutorType.SIMPLE)) {
        session.getMapper(ItemMapper.class).insert(id);
        session.commit();
      }
    }

    @Override
    void insertAndTakeBack(DataSource database, int id) throws SQLException {
      try (SqlSession session =
          mybatis(database, new ManagedTransactionFactory()).openSession(ExecutorType.BATCH)) {
        Savepoint savepoint = session.getConnection().setSavepoint();
        session.getMapper(ItemMapper.class).insert(id);
        session.flushStatements();
        session.getConnection().rollback(savepoint);
      }
    }
  };

  /** Ends a nested unit of work. */
  private static final class TakenBack extends RuntimeException {}

  /** Outside of transactions, at each start of the program. */
  void makeTable(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement table =
            connection.prepareStatement("CREATE TABLE IF NOT EXISTS item (id INT PRIMARY KEY)")) {
      table.execute();
    }
  }

  abstract void insert(DataSource database, int id) throws SQLException;

  /** A nested unit of work that is given up alone. */
  abstract void insertAndTakeBack(DataSource database, int id) throws SQLException;

  static Flyway flyway(DataSource database) {
    return Flyway.configure()
        .dataSource(database)
        .locations("classpath:dev/handfast/xa/it/library")
        .load();
  }

  static SqlSessionFactory mybatis(DataSource database, TransactionFactory transactions) {
    Configuration configuration =
        new Configuration(new Environment("shop", transactions, database));
    configuration.addMapper(ItemMapper.class);
    return new SqlSessionFactoryBuilder().build(configuration);
  }
}
