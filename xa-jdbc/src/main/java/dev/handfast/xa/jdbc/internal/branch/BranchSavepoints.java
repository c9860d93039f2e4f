package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.dialect.TransactionModes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the savepoints of one branch. They are set as SQL, because pools and drivers refuse the
 * methods of JDBC in a global transaction. Each call is work in its branch, one at a time.
 */
public final class BranchSavepoints {

  private final String resource;
  private final ConnectionUse use;
  private final TransactionModes modes;
  private final Deque<Mark> live = new ArrayDeque<>();
  private int last;

  BranchSavepoints(String resource, ConnectionUse use, TransactionModes modes) {
    this.resource = resource;
    this.modes = modes;
    this.use = use;
  }

  /** One savepoint, which its application holds. */
  private static final class Mark implements Savepoint {

    private final BranchSavepoints owner;
    private final int id;
    private final @Nullable String name;

    /** Is what ended it, empty while it may be gone back to. */
    private String end = "";

    Mark(BranchSavepoints owner, int id, @Nullable String name) {
      this.owner = owner;
      this.id = id;
      this.name = name;
    }

    /** The name in SQL, which needs no quotes and is that of no other one. */
    String sql() {
      return "handfast_savepoint_" + id;
    }

    @Override
    public int getSavepointId() throws SQLException {
      if (name != null) {
        throw new SQLException("a savepoint with a name has no id");
      }
      return id;
    }

    @Override
    public String getSavepointName() throws SQLException {
      if (name == null) {
        throw new SQLException("a savepoint without a name has an id only");
      }
      return name;
    }

    @Override
    public String toString() {
      return "savepoint " + (name == null ? id : "'" + name + "'");
    }
  }

  /**
   * Sets one. Two with the same name are two.
   *
   * @param name as the application gave it, null for one that has only an id
   */
  public Savepoint set(Connection connection, @Nullable String name) throws SQLException {
    return use.execute(
        null,
        () -> "SAVEPOINT",
        () -> {
          var mark = new Mark(this, last + 1, name);
          BranchModes.run(use, connection, modes.savepoint(mark.sql()));
          last++;
          live.push(mark);
          return mark;
        });
  }

  /** Goes back to one, which stays; those that were set after it are gone. */
  public void rollback(Connection connection, Savepoint savepoint) throws SQLException {
    use.execute(
        null,
        () -> "ROLLBACK TO SAVEPOINT",
        () -> {
          Mark mark = own(savepoint, "rollback(Savepoint)");
          BranchModes.run(use, connection, "ROLLBACK TO SAVEPOINT " + mark.sql());
          endAfter(mark, "was rolled back over");
          return true;
        });
  }

  /** Gives one up, and those that were set after it. */
  public void release(Connection connection, Savepoint savepoint) throws SQLException {
    use.execute(
        null,
        () -> "RELEASE SAVEPOINT",
        () -> {
          Mark mark = own(savepoint, "releaseSavepoint(Savepoint)");
          BranchModes.run(use, connection, "RELEASE SAVEPOINT " + mark.sql());
          endAfter(mark, "was released with an earlier one");
          live.pop().end = "was released";
          return true;
        });
  }

  private void endAfter(Mark mark, String end) {
    while (live.element() != mark) {
      live.pop().end = end;
    }
  }

  private Mark own(Savepoint savepoint, String call) throws SQLException {
    if (!(savepoint instanceof Mark mark) || mark.owner != this) {
      throw WorkRefusals.savepoint(
          resource, call, savepoint, "was set by another transaction or connection");
    }
    if (!mark.end.isEmpty()) {
      throw WorkRefusals.savepoint(resource, call, mark, mark.end);
    }
    return mark;
  }

  static boolean isOurs(Savepoint savepoint) {
    return savepoint instanceof Mark;
  }
}
