// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IExecutorRegistry} from "../../src/interfaces/IExecutorRegistry.sol";
import {IQBitFlowCheckout} from "../../src/interfaces/IQBitFlowCheckout.sol";
import {IQBitFlowSubscriptions} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {vm} from "./Vm.sol";

/// @notice What the test tokens have in common. `approve` of tUSDT returns nothing.
interface ITestToken {
    function mint(address to, uint256 amount) external;
    function balanceOf(address account) external view returns (uint256);
    function totalSupply() external view returns (uint256);
    function allowance(address owner, address spender) external view returns (uint256);
    function approve(address spender, uint256 amount) external;
    function nonces(address owner) external view returns (uint256);
    function DOMAIN_SEPARATOR() external view returns (bytes32);
    function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external;
    function permit(
        address holder,
        address spender,
        uint256 nonce,
        uint256 expiry,
        bool allowed,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;
}

/// @notice Deploys the released bytes, which `npm run contracts -- test` has written, not what forge compiles.
library Deployed {
    address internal constant PERMIT2 = 0x000000000022D473030F116dDEE9F6B43aC78BA3;

    function checkout() internal returns (IQBitFlowCheckout) {
        return IQBitFlowCheckout(create("contracts/out/creation/QBitFlowCheckout.hex"));
    }

    function subscriptions() internal returns (IQBitFlowSubscriptions) {
        return IQBitFlowSubscriptions(create("contracts/out/creation/QBitFlowSubscriptions.hex"));
    }

    function registry(address owner) internal returns (IExecutorRegistry) {
        return IExecutorRegistry(create("contracts/out/creation/ExecutorRegistry.hex", abi.encode(owner)));
    }

    function token(string memory name) internal returns (ITestToken) {
        return ITestToken(create(string.concat("contracts/out/creation/", name, ".hex")));
    }

    function permit2() internal {
        vm.etch(PERMIT2, vm.parseBytes(vm.readFile("contracts/test/fixtures/permit2.hex")));
    }

    function create(string memory path) internal returns (address) {
        return create(path, "");
    }

    function create(string memory path, bytes memory arguments) internal returns (address deployed) {
        bytes memory code = bytes.concat(vm.parseBytes(vm.readFile(path)), arguments);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 0x20), mload(code))
        }
        require(deployed != address(0), "not deployed");
    }
}
