// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Which keys of an operator may send charges
/// @notice A mandate names a registry, so that an operator can replace a key without asking every customer to sign again.
/// The only thing with an owner; it holds no money, no allowance, and has no say in what a charge may take or for whom.
interface IExecutorRegistry {
    event ExecutorSet(address indexed executor, bool allowed);
    event OwnershipTransferStarted(address indexed owner, address indexed newOwner);
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);

    error NotOwner(address sender);
    error NotPendingOwner(address sender);
    /// @notice An executor or a first owner must not be the zero address.
    error AddressMissing();

    /// @notice Lets a key send charges, or takes that away. Owner only.
    function setExecutor(address executor, bool allowed) external;

    /// @notice Names a new owner, who becomes it by `acceptOwnership`. The zero address takes a nomination back. Owner only.
    function transferOwnership(address newOwner) external;

    /// @notice The nominated owner takes over.
    function acceptOwnership() external;

    function isExecutor(address account) external view returns (bool);

    function owner() external view returns (address);

    function pendingOwner() external view returns (address);
}
