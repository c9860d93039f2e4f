package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.dialect.XidNaming;
import java.util.Base64;
import java.util.Optional;
import javax.transaction.xa.Xid;

/**
 * Names branches as PostgreSQL's driver does. The name is the gid of the branch, {@code
 * formatId_gtrid_bqual}, the last two in base 64. A gid holds no character that SQL would have to
 * escape.
 */
final class PostgresXid {

  static final XidNaming NAMING =
      new XidNaming("", "_", false, Base64.getEncoder(), Base64.getDecoder());

  private PostgresXid() {}

  /** Answers the gid of a branch. */
  static String gid(Xid xid) {
    return NAMING.name(xid);
  }

  /** Answers the branch of a gid, empty if somebody gave the gid by hand. */
  static Optional<Xid> parse(String gid) {
    return NAMING.parse(gid);
  }
}
