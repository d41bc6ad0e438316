// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IExecutorRegistry} from "./interfaces/IExecutorRegistry.sol";

/// @title The implementation of IExecutorRegistry, where what each function promises is written down
/// @dev The first owner is part of the creation code, and so of the address.
contract ExecutorRegistry is IExecutorRegistry {
    mapping(address account => bool) public isExecutor;
    address public owner;
    address public pendingOwner;

    constructor(address firstOwner) {
        if (firstOwner == address(0)) revert AddressMissing();
        owner = firstOwner;
        emit OwnershipTransferred(address(0), firstOwner);
    }

    modifier onlyOwner() {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        _;
    }

    /// @inheritdoc IExecutorRegistry
    function setExecutor(address executor, bool allowed) external onlyOwner {
        if (executor == address(0)) revert AddressMissing();
        isExecutor[executor] = allowed;
        emit ExecutorSet(executor, allowed);
    }

    /// @inheritdoc IExecutorRegistry
    function transferOwnership(address newOwner) external onlyOwner {
        pendingOwner = newOwner;
        emit OwnershipTransferStarted(owner, newOwner);
    }

    /// @inheritdoc IExecutorRegistry
    function acceptOwnership() external {
        if (msg.sender != pendingOwner) revert NotPendingOwner(msg.sender);
        emit OwnershipTransferred(owner, msg.sender);
        owner = msg.sender;
        pendingOwner = address(0);
    }
}
