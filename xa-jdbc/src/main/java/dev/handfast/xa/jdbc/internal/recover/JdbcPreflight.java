package dev.handfast.xa.jdbc.internal.recover;

import dev.handfast.xa.jdbc.internal.connect.ConnectionSource;
import dev.handfast.xa.jdbc.internal.connect.ConnectionSources;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.settings.DatabaseCredentials;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.spi.BranchDetail;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.spi.RmIdentity;
import dev.handfast.xa.spi.XidKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.XAConnection;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the database before the first transaction. The connection of recovery stays open
 * afterwards, so that an embedded database is not closed and opened again.
 */
public final class JdbcPreflight {

  private final JdbcSettings settings;
  private final Dialect dialect;
  private final ConnectionSource working;
  private final ConnectionSource recovering;
  private final DatabaseRecoveryConnection recovery;
  private @Nullable DataSourceProof due;

  public JdbcPreflight(
      JdbcSettings settings,
      ConnectionSources sources,
      DatabaseRecoveryConnection recovery,
      ResourceContext context) {
    this.settings = settings;
    this.dialect = sources.dialect();
    this.working = sources.working();
    this.recovering = sources.recovery();
    this.recovery = recovery;
    String unknown = dialect.unknownDriver();
    this.due =
        unknown == null
            ? null
            : new DataSourceProof(
                unknown, working, dialect, context.probes(), context.recoveryCallTimeout());
  }

  private interface Look<T> {
    T look() throws SQLException;
  }

  public RmIdentity identity() throws ResourceUnavailableException {
    return overRecovery(() -> dialect.identity(recovery.get().sql()));
  }

  public Map<XidKey, BranchDetail> details() throws ResourceUnavailableException {
    return overRecovery(() -> dialect.details(recovery.get().sql()));
  }

  public List<Finding> run() throws ResourceUnavailableException {
    String own = settings.recovery() == null ? "" : "recovery.";
    Optional<Finding> refused = tryLogin(recovering, own, () -> recovery.get().sql());
    if (refused.isEmpty()) {
      refused = tryLogin(working, "", () -> withWorking(connection -> true));
    }
    if (refused.isPresent()) {
      return List.of(refused.get());
    }
    List<Finding> found =
        overRecovery(
            () -> withWorking(work -> dialect.check(settings, work, recovery.get().sql())));
    var findings = new ArrayList<Finding>(found);
    if (found.stream().noneMatch(JdbcPreflight::isError)) {
      findings.addAll(proof());
    }
    return List.copyOf(findings);
  }

  private static boolean isError(Finding finding) {
    return finding.severity() == Finding.Severity.ERROR;
  }

  /** What a database of no known make has not shown yet; it shows it once. */
  private List<Finding> proof() throws ResourceUnavailableException {
    DataSourceProof proof = due;
    if (proof == null) {
      return List.of();
    }
    Optional<Finding> failed = overRecovery(() -> proof.run(recovery.get().xa()));
    due = failed.isPresent() ? proof : null;
    return failed.stream().toList();
  }

  private Optional<Finding> tryLogin(ConnectionSource source, String prefix, Look<?> login)
      throws ResourceUnavailableException {
    try {
      login.look();
      return Optional.empty();
    } catch (SQLException e) {
      return switch (source.refusal(e)) {
        case UNREACHABLE ->
            throw new ResourceUnavailableException(String.valueOf(e.getMessage()), e);
        case UNKNOWN_DATABASE -> Optional.of(unknownDatabase(e));
        case RIGHTS -> Optional.of(missingRight(prefix));
        case CREDENTIALS -> Optional.of(wrongCredentials(source, prefix));
      };
    }
  }

  private Finding missingRight(String prefix) {
    DatabaseCredentials credentials =
        prefix.isEmpty() ? settings.working() : settings.recoveryOrWorking();
    return dialect.missingRight(settings.key(prefix + "username"), credentials.shownUser());
  }

  private Finding wrongCredentials(ConnectionSource source, String prefix) {
    return Finding.error(
        source.where() + ": the database refuses user or password",
        "neither work nor recovery could be done",
        "correct "
            + settings.key(prefix + "username")
            + " and "
            + settings.key(prefix + "password")
            + ", or the file that holds it");
  }

  private Finding unknownDatabase(SQLException failure) {
    return Finding.error(
        String.valueOf(failure.getMessage()),
        "there is nothing to connect to",
        "correct " + settings.key("url") + ", or create the database");
  }

  private <T> T overRecovery(Look<T> look) throws ResourceUnavailableException {
    boolean reused = recovery.isOpen();
    try {
      return look.look();
    } catch (SQLException e) {
      recovery.drop();
      if (reused) {
        return overRecovery(look);
      }
      throw new ResourceUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  private interface Work<T> {
    T over(Connection connection) throws SQLException;
  }

  private <T> T withWorking(Work<T> work) throws SQLException {
    XAConnection opened = working.open();
    try (Connection connection = opened.getConnection()) {
      return work.over(connection);
    } finally {
      opened.close();
    }
  }
}
