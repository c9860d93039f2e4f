package dev.handfast.xa.jdbc.internal.pool;

import dev.handfast.xa.jdbc.internal.branch.Enlistment;
import dev.handfast.xa.jdbc.internal.branch.Health;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.AgroalDataSourceListener;
import io.agroal.api.cache.ConnectionCache;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ExceptionSorter;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is the Agroal pool of one database. */
public final class AgroalPool {

  private static final Duration IDLE_BEFORE_VALIDATION = Duration.ofSeconds(30);
  private static final Duration IDLE_BEFORE_CLOSE = Duration.ofMinutes(10);

  private final AgroalDataSource agroal;

  private AgroalPool(AgroalDataSource agroal) {
    this.agroal = agroal;
  }

  /** Makes the pool. No connection is opened yet. */
  public static AgroalPool open(
      JdbcSettings settings,
      Dialect dialect,
      OpenConnections connections,
      Enlistment enlistment,
      Health health) {
    String handover = AgroalXaDataSource.hand(connections);
    try {
      var configuration = configuration(settings, sorter(dialect, health), handover, enlistment);
      var listener = new Listener(settings);
      AgroalDataSource agroal = AgroalDataSource.from(configuration, listener);
      listener.watch(agroal);
      return new AgroalPool(agroal);
    } catch (SQLException e) {
      throw new IllegalStateException("Resource '" + settings.name() + "': no pool", e);
    } finally {
      AgroalXaDataSource.withdraw(handover);
    }
  }

  private static AgroalDataSourceConfigurationSupplier configuration(
      JdbcSettings settings, ExceptionSorter sorter, String handover, Enlistment enlistment) {
    return new AgroalDataSourceConfigurationSupplier()
        .metricsEnabled(true)
        .connectionPoolConfiguration(
            pool ->
                pool.minSize(settings.minSize())
                    .maxSize(settings.maxSize())
                    .acquisitionTimeout(settings.acquisitionTimeout())
                    .idleValidationTimeout(IDLE_BEFORE_VALIDATION)
                    .reapTimeout(IDLE_BEFORE_CLOSE)
                    .exceptionSorter(sorter)
                    .transactionIntegration(enlistment)
                    .recoveryEnable(false)
                    .connectionCache(ConnectionCache.none())
                    .connectionFactoryConfiguration(
                        factory ->
                            factory
                                .connectionProviderClass(AgroalXaDataSource.class)
                                .xaProperty(AgroalXaDataSource.PROPERTY, handover)));
  }

  private static ExceptionSorter sorter(Dialect dialect, Health health) {
    return new ExceptionSorter() {
      @Override
      public boolean isFatal(SQLException failure) {
        boolean lost = dialect.isConnectionLost(failure);
        if (lost) {
          health.lost(failure);
        }
        return lost;
      }
    };
  }

  Connection getConnection() throws SQLException {
    return agroal.getConnection();
  }

  /** Replaces connections that are idle now, and the others when they come back. */
  public void renew() {
    agroal.flush(FlushMode.GRACEFUL);
  }

  void close() {
    agroal.close();
  }

  /**
   * Raises the least size of the pool while threads wait for a connection. A connection that is
   * dropped makes room, of which Agroal tells those threads only if the pool is short of its least
   * size; those that began to wait while it was being dropped are told when it is closed.
   */
  private static final class Listener implements AgroalDataSourceListener {

    private final JdbcSettings settings;
    private volatile @Nullable AgroalDataSource pool;

    Listener(JdbcSettings settings) {
      this.settings = settings;
    }

    void watch(AgroalDataSource watched) {
      pool = watched;
    }

    @Override
    public void beforeConnectionReturn(Connection connection) {
      followDemand();
    }

    @Override
    public void beforeConnectionValidation(Connection connection) {
      followDemand();
    }

    @Override
    public void onConnectionDestroy(Connection connection) {
      AgroalDataSource watched = pool;
      if (followDemand() && watched != null) {
        watched.flush(FlushMode.FILL);
      }
    }

    /** Answers whether threads wait. */
    private boolean followDemand() {
      AgroalDataSource watched = pool;
      boolean wanted = false;
      if (watched != null) {
        var sizes = watched.getConfiguration().connectionPoolConfiguration();
        wanted = watched.getMetrics().awaitingCount() > 0;
        int size = wanted ? settings.maxSize() : settings.minSize();
        if (sizes.minSize() != size) {
          sizes.setMinSize(size);
        }
      }
      return wanted;
    }

    @Override
    public void onWarning(String message) {
      JdbcLog.debug(settings.name(), message);
    }

    @Override
    public void onWarning(Throwable throwable) {
      JdbcLog.debug(settings.name(), String.valueOf(throwable));
    }

    @Override
    public void onInfo(String message) {
      JdbcLog.debug(settings.name(), message);
    }
  }
}
